import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { commands, Range, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import { parseManifest } from '../../../src/core/scaffold/manifest.js';
import { scaffold, update } from '../../../src/editor/scaffold/command.js';
import { useMerge } from '../../../src/editor/scaffold/merge.js';
import { eventually } from '../eventually.js';
import { Messages } from './messages.js';
import { createProject, createTools } from './project.js';
import type { Project } from './project.js';
import { Script } from './script.js';
import type { Answers } from './script.js';

const testYml = '.github/workflows/test.yml';

describe('updating a pipeline', () => {
  let project: Project;
  let messages: Messages;
  const open: { dispose(): void }[] = [];

  beforeEach(async () => {
    project = await createProject();
    messages = new Messages();
  });
  afterEach(async () => {
    messages.restore();
    await project.remove();
    for (const one of open.splice(0)) one.dispose();
  });

  function start(answers: Answers) {
    const script = new Script(answers);
    const tools = createTools(script);
    open.push(tools);
    return { script, tools };
  }

  async function runScaffold(answers: Answers = {}) {
    const { script, tools } = start(answers);
    await scaffold(tools, project.root);
    assert.deepEqual(messages.errors, []);
    return script;
  }

  async function runUpdate(answers: Answers = {}) {
    const { script, tools } = start(answers);
    await update(tools, project.root);
    assert.deepEqual(messages.errors, []);
    return script;
  }

  /** Scaffolds again with another coverage threshold, which changes one line of test.yml. */
  function raiseThreshold(answers: Answers = {}) {
    return runScaffold({ 'Enter brings': 'Customise…', 'Lowest share': '93', ...answers });
  }

  async function edit(path: string, change: (text: string) => string) {
    const text = await project.read(path);
    const changed = change(text);
    assert.notEqual(changed, text, `the test changes ${path}`);
    await project.write({ [path]: changed });
  }

  it('says so when there is nothing to do', async () => {
    await runScaffold();
    const before = await project.everything();
    const script = await runUpdate();
    assert.deepEqual(script.asked, []);
    assert.equal(messages.others.at(-1), 'The Rust CI pipeline is up to date.');
    assert.deepEqual(await project.everything(), before);
  });

  it('offers to scaffold where there is no pipeline', async () => {
    await runUpdate();
    assert.deepEqual(messages.buttons, ['Scaffold Rust CI…']);
  });

  it('merges edits with what changed in the template, and one undo brings the edited text back', async () => {
    await runScaffold();
    await edit(testYml, (text) => `${text}# mine\n`);
    const before = await project.everything();
    const script = await raiseThreshold();
    const text = await project.read(testYml);
    assert.match(text, /\b93\b/);
    assert.match(text, /# mine\n$/);
    assert.ok(script.question('Nothing is written yet').labels.includes('— Yours and the template’s together'));

    // Where the editor saves by itself, as in the browser, it would hide that nobody else does.
    const settings = workspace.getConfiguration('files');
    await settings.update('autoSave', 'off', true);
    try {
      await window.showTextDocument(project.uri(testYml));
      await commands.executeCommand('undo');
      await eventually('files on disk are as before', async () =>
        isDeepStrictEqual(await project.everything(), before),
      );
      assert.deepEqual(dirty(), []);
      await commands.executeCommand('redo');
      await eventually('redone on disk', async () => (await project.read(testYml)) === text);
    } finally {
      await settings.update('autoSave', undefined, true);
    }
  });

  it('keeps line endings and byte order mark', async () => {
    await runScaffold();
    await edit(testYml, (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    await raiseThreshold();
    const text = await project.read(testYml);
    assert.match(text, /\b93\b/);
    assert.ok(text.startsWith('\uFEFF'));
    assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
  });

  describe('where the same lines changed', () => {
    beforeEach(async () => {
      await runScaffold();
      await edit(testYml, (text) => text.replace(/\b80\b/, '70'));
    });

    it('keeps my lines', async () => {
      await raiseThreshold({ 'changed the same lines': 'Keep my lines' });
      assert.match(await project.read(testYml), /\b70\b/);
      assert.doesNotMatch(await project.read(testYml), /\b93\b/);
    });

    it('takes the template’s lines', async () => {
      await raiseThreshold({ 'changed the same lines': 'Take the template’s lines' });
      assert.match(await project.read(testYml), /\b93\b/);
    });

    it('writes what was decided in the merge editor', async () => {
      const mine = await project.read(testYml);
      const done = raiseThreshold({ 'changed the same lines': 'Decide in the merge editor' });
      await eventually('the merge editor is open', () => activeLabel() === 'Merging: test.yml');
      assert.equal(await project.read(testYml), mine, 'nothing is written yet');
      const scratch = await mergeDocument();
      // Without a decision by the editor's own means it would ask about unhandled conflicts when it is closed.
      await eventually('my line is taken', async () => {
        await commands.executeCommand('merge.acceptAllInput2');
        return /\b70\b/.test(scratch.getText());
      });
      const decision = new WorkspaceEdit();
      const merged = scratch.getText().replace(/\b70\b/, '75');
      decision.replace(scratch.uri, new Range(0, 0, scratch.lineCount, 0), merged);
      await workspace.applyEdit(decision);
      await useMerge();
      await done;
      assert.match(await project.read(testYml), /\b75\b/);
      assert.deepEqual(parseManifest(await project.read('.github/rust-ci.json')).options.coverage.threshold, 93);
      assert.deepEqual(dirty(), []);
    });
  });

  it('leaves deleted files deleted until they are asked for', async () => {
    await runScaffold();
    await workspace.fs.delete(project.uri('.github/workflows/security.yml'));
    await raiseThreshold();
    assert.ok(!(await project.list('.github/workflows')).includes('security.yml'));

    await runUpdate({ 'Nothing is written yet': 'Write .github/workflows/security.yml again' });
    assert.ok((await project.list('.github/workflows')).includes('security.yml'));
  });

  it('deletes what the options no longer ask for, unless it was edited', async () => {
    await runScaffold();
    await edit(testYml, (text) => `${text}# mine\n`);
    await runScaffold({ 'Enter brings': 'Customise…', 'Which workflows': ['Benchmarks'] });
    const left = await project.list('.github/workflows');
    assert.ok(left.includes('test.yml'));
    assert.ok(!left.includes('security.yml'));
  });

  describe('a workflow of the same name that is not ours', () => {
    const mine = 'name: Mine\non: push\njobs: {}\n';
    beforeEach(() => project.write({ [testYml]: mine }));

    it('stays when Enter answers everything, after it was shown side by side', async () => {
      const script = await runScaffold({
        'You have a test.yml': () => {
          assert.equal(activeLabel(), 'test.yml: yours, and Rust CI’s');
        },
      });
      assert.deepEqual(script.question('You have a test.yml').labels, ['Keep mine', 'Write both', 'Replace mine']);
      assert.equal(await project.read(testYml), mine);
      assert.deepEqual(parseManifest(await project.read('.github/rust-ci.json')).kept, [testYml]);
    });

    it('is replaced when that is chosen, and one undo brings it back', async () => {
      const before = await project.everything();
      await runScaffold({ 'You have a test.yml': 'Replace mine' });
      assert.notEqual(await project.read(testYml), mine);
      await window.showTextDocument(project.uri('.github/workflows/security.yml'));
      await commands.executeCommand('undo');
      await eventually('everything is as before', async () => isDeepStrictEqual(await project.everything(), before));
    });

    it('gets ours beside it', async () => {
      await runScaffold({ 'You have a test.yml': 'Write both' });
      assert.equal(await project.read(testYml), mine);
      assert.ok((await project.list('.github/workflows')).includes('rust-ci-test.yml'));
    });
  });
});

/** The result in the merge editor, once that has put its own marks in place of the conflict markers. */
async function mergeDocument(): Promise<TextDocument> {
  const find = () => workspace.textDocuments.find(({ uri }) => uri.scheme.startsWith('rust-ci-merge-'));
  await eventually('the merge editor stands', () => !/^<{7}/m.test(find()?.getText() ?? '<<<<<<<'));
  const document = find();
  assert.ok(document);
  return document;
}

function activeLabel(): string | undefined {
  return window.tabGroups.activeTabGroup.activeTab?.label;
}

function dirty(): string[] {
  return workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.path);
}
