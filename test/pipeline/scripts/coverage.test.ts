import assert from 'node:assert/strict';
import { folderWith, runScript } from './script.js';

/** In place of cargo-tarpaulin: finds every line of `full` covered, and no line in `blind`. */
const tarpaulin = {
  'cargo-tarpaulin': `while [ $# -gt 0 ]; do if [ "$1" = --output-dir ]; then out=$2; fi; shift; done
if [ "\${PWD##*/}" = full ]; then printf 'SF:%s/src/lib.rs\\nDA:1,1\\nend_of_record\\n' "$PWD" >"$out/lcov.info"; else : >"$out/lcov.info"; fi`,
};
const library = (name: string) => ({
  [`${name}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`,
  [`${name}/src/lib.rs`]: '#[test]\nfn t() {}\n',
});

describe('coverage.sh', () => {
  const measure = async (...roots: string[]) =>
    runScript(
      'coverage.sh',
      [],
      await folderWith({ ...library('full'), ...library('blind') }),
      { PROJECTS: JSON.stringify(roots.map((root) => ({ root, features: '', locked: '' }))), THRESHOLD: '80' },
      tarpaulin,
    );

  it('passes what is covered', async () => {
    const { succeeded, log } = await measure('full');
    assert(succeeded, log);
  });

  it('fails a folder with tests of which no line could be measured, even beside one that is covered', async () => {
    const { succeeded, log } = await measure('full', 'blind');
    assert.equal(succeeded, false);
    assert.match(log, /::error title=Coverage::There are tests in blind, but not a single line could be measured/);
  });
});
