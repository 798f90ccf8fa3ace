import assert from 'node:assert/strict';
import { CodeActionKind, commands, MarkdownString, Range, workspace } from 'vscode';
import type { Hover, Position } from 'vscode';
import { actionCalled, Project, run, workflow } from './project.js';

const checkout = '- uses: actions/checkout@v7\n';

describe('what can be done about findings', () => {
  let project: Project;

  beforeEach(async () => {
    project = await Project.create();
  });
  afterEach(() => project.remove());

  it('a quick fix repairs its finding and nothing else', async () => {
    const document = await project.open(workflow('', 'pus') + '# a comment\n');
    await project.shows(['unknown-event']);
    const fix = actionCalled(await project.actions('unknown-event'), 'Replace with "push"');
    assert.equal(fix.isPreferred, true);
    await run(fix);
    assert.equal(document.getText(), workflow('', 'push') + '# a comment\n');
    await project.shows([]);
  });

  it('an action is pinned to the commit of its release', async () => {
    const document = await project.open(workflow(`${checkout}  with:\n    persist-credentials: false\n`));
    await project.shows(['unpinned-uses']);
    const pin = (await project.actions('unpinned-uses')).find(({ edit }) => edit !== undefined);
    assert.ok(pin);
    await run(pin);
    assert.match(document.getText(), /actions\/checkout@[0-9a-f]{40} # v7/);
    await project.shows([]);
  });

  it('all findings of a kind, or of all kinds, are repaired at once', async () => {
    const document = await project.open(workflow(checkout + checkout));
    await project.shows(['artipacked', 'artipacked', 'unpinned-uses', 'unpinned-uses']);
    await run(actionCalled(await project.actions('unpinned-uses'), 'Fix all 2 "unpinned-uses"'));
    await project.shows(['artipacked', 'artipacked']);
    const whole = new Range(0, 0, document.lineCount, 0);
    const [all, ...others] = await project.actionsAt(whole, CodeActionKind.SourceFixAll.append('rustCi'));
    assert.ok(all && others.length === 0);
    await run(all);
    await project.shows([]);
    assert.equal(document.getText().match(/persist-credentials: false/g)?.length, 2);
  });

  it('a finding is ignored with a reason', async () => {
    const document = await project.open(workflow('', 'pus'));
    await project.shows(['unknown-event']);
    await run(actionCalled(await project.actions('unknown-event'), 'Ignore'));
    assert.match(document.getText(), /^ {2}# rust-ci: ignore\[unknown-event\] TODO: say why\n {2}pus:$/m);
    await project.shows([]);
  });

  it('a rule is switched off in the settings of the workspace', async () => {
    await project.open(workflow('', 'pus'));
    await project.shows(['unknown-event']);
    const configuration = workspace.getConfiguration('rustCi.lint');
    try {
      await run(actionCalled(await project.actions('unknown-event'), 'Switch "unknown-event" off'));
      await project.shows([]);
      const { workspaceValue } = workspace.getConfiguration('rustCi.lint').inspect('severity') ?? {};
      assert.deepEqual(workspaceValue, { 'unknown-event': 'off' });
    } finally {
      await configuration.update('severity', undefined);
    }
    await project.shows(['unknown-event']);
  });

  it('hovers explain the rule and the action', async () => {
    const document = await project.open(workflow(checkout, 'pus'));
    await project.shows(['artipacked', 'unknown-event', 'unpinned-uses']);
    const hovers = async (text: string) => {
      const position: Position = document.positionAt(document.getText().indexOf(text) + 1);
      const found = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
      return found.flatMap(({ contents }) => contents.map((one) => (one instanceof MarkdownString ? one.value : '')));
    };
    assert.match((await hovers('pus')).join('\n'), /\*\*.+\*\*\n\n[\s\S]*#unknown-event/);
    const action = (await hovers('actions/checkout')).join('\n');
    assert.match(action, /Version: `v7`/);
    assert.match(action, /Newest release known: `v7[\d.]*` at `[0-9a-f]{40}`/);
    assert.match(action, /Runs on: `node\d+`/);
    assert.match(action, /`persist-credentials`/);
  });
});
