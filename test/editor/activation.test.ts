import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { commands, extensions } from 'vscode';

interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
  };
}

function extension() {
  const found = extensions.all.find(({ id }) => id.endsWith('.rust-ci-pipeline'));
  assert.ok(found, 'the extension under development is loaded');
  return found;
}

function manifest(): Manifest {
  return extension().packageJSON as Manifest;
}

describe('activation', () => {
  before(() => extension().activate());

  it('is synchronous', () => {
    // VS Code gives no access to the module it has loaded, so the same bundle is asked in a second instance.
    const path = join(extension().extensionPath, manifest().main);
    assert.match(readFileSync(path, 'utf8'), /activate/);
    const require = createRequire(__filename);
    assert.ok(require(path));
  });

  it('registers exactly the commands of the manifest', async () => {
    const declared = manifest().contributes.commands.map(({ command }) => command);
    const registered = (await commands.getCommands(true)).filter((id) => id.startsWith('rustCi.'));
    assert.deepEqual(registered.filter((id) => !isViewCommand(id)).sort(), [...declared].sort());
  });

  it('has only menu entries whose command is declared', () => {
    const { commands: declared, menus } = manifest().contributes;
    const ids = new Set(declared.map(({ command }) => command));
    const entries = Object.values(menus).flat();
    assert.ok(entries.length > 0);
    assert.deepEqual(
      entries.map(({ command }) => command).filter((id) => !ids.has(id)),
      [],
    );
  });
});

/** VS Code itself adds commands such as `rustCi.pipeline.focus` for every view. */
function isViewCommand(id: string): boolean {
  return /\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/.test(id);
}
