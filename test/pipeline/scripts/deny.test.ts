import assert from 'node:assert/strict';
import { folderWith, runScript } from './script.js';

/** In place of cargo-deny: passes where cargo can read the manifest, and says whether it is to be published. */
const deny = {
  'cargo-deny': 'cargo metadata --no-deps --format-version 1 | jq -c \'.packages[] | "\\(.name): \\(.publish)"\'',
};
const manifest = (name: string, more: string) =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}\n`;

describe('deny.sh', () => {
  it('passes over packages without licence, however they say that they are published', async () => {
    const folder = await folderWith({
      'Cargo.toml':
        '[workspace]\nmembers = ["silent", "explicit", "inheriting", "licensed"]\nresolver = "2"\n[workspace.package]\npublish = true\n',
      'silent/Cargo.toml': manifest('silent', ''),
      'silent/src/lib.rs': '',
      'explicit/Cargo.toml': manifest('explicit', 'publish = true'),
      'explicit/src/lib.rs': '',
      'inheriting/Cargo.toml': manifest('inheriting', 'publish.workspace = true'),
      'inheriting/src/lib.rs': '',
      'licensed/Cargo.toml': manifest('licensed', 'license = "MIT"\npublish = true'),
      'licensed/src/lib.rs': '',
    });
    const projects = JSON.stringify([{ root: '.', locked: '' }]);
    const { succeeded, log } = await runScript('deny.sh', [], folder, { PROJECTS: projects }, deny);
    assert(succeeded, log);
    for (const name of ['silent', 'explicit', 'inheriting']) assert.match(log, new RegExp(`"${name}: \\[\\]"`));
    assert.match(log, /"licensed: null"/);
  });
});
