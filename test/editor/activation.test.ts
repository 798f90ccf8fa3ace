import assert from 'node:assert/strict';
import { commands, extensions, workspace } from 'vscode';
import { eventually } from './eventually.js';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string }[];
  };
}

const extension = extensions.all.find(({ id }) => id.endsWith('.rust-ci-pipeline'));
assert.ok(extension, 'the extension under development is loaded');
const { contributes, activationEvents } = extension.packageJSON as Manifest;
const declared = contributes.commands.map(({ command }) => command);

describe('in a Rust project without workflows', () => {
  it('the extension is awake, so that the first workflow is checked', async () => {
    const { length } = await workspace.findFiles('.github/workflows/*');
    assert.equal(length, 0, 'the sample has no workflow that would wake the extension');
    await eventually('the extension is active', () => extension.isActive);
  });
});

describe('activation', () => {
  before(() => extension.activate());

  it('succeeds and keeps its parts to itself', () => {
    assert.equal(extension.isActive, true);
    assert.equal(extension.exports, undefined);
  });

  it('waits for one of our commands, views or files', () => {
    assert.deepEqual(
      activationEvents.filter((event) => /^(\*|onStartupFinished|onLanguage:yaml)$/.test(event)),
      [],
    );
  });

  it('registers exactly the commands of the manifest', async () => {
    const views = Object.values(contributes.views).flat();
    const registered = (await commands.getCommands(true)).filter((id) => id.startsWith('rustCi.'));
    // VS Code itself adds commands such as `rustCi.pipeline.focus` for every view.
    const own = registered.filter((id) => !views.some((view) => id.startsWith(`${view.id}.`)));
    assert.deepEqual(own.sort(), [...declared].sort());
  });

  it('has only menu entries and links whose command is declared', () => {
    const entries = Object.values(contributes.menus).flatMap((menu) => menu.map(({ command }) => command ?? ''));
    const links = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:(rustCi\.[\w.]+)/g)].map(([, id]) => id ?? ''),
    );
    assert.ok(entries.length > 0 && links.length > 0);
    assert.deepEqual(
      [...entries, ...links].filter((id) => id !== '' && !declared.includes(id)),
      [],
    );
  });
});
