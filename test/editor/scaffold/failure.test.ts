import assert from 'node:assert/strict';
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import { platform } from '#platform';
import { scaffold, update } from '../../../src/editor/scaffold/command.js';
import { eventually } from '../eventually.js';
import { MemoryFiles } from './memory-files.js';
import { Messages } from './messages.js';
import { crate, createProject, createTools, Project } from './project.js';
import { Script } from './script.js';
import type { Answers } from './script.js';

describe('what stops the scaffolder', () => {
  let project: Project;
  let messages: Messages;
  const open: { dispose(): void }[] = [];

  beforeEach(() => {
    messages = new Messages();
  });
  afterEach(async () => {
    messages.restore();
    await project.remove();
    Disposable.from(...open.splice(0)).dispose();
  });

  function tools(answers: Answers = {}) {
    const made = createTools(new Script(answers));
    open.push(made);
    return made;
  }

  /** Scaffolds and checks that nothing changed; returns what the person was told. */
  async function refused(answers: Answers = {}): Promise<string> {
    const before = await project.everything();
    await scaffold(tools(answers), project.root);
    assert.deepEqual(await project.everything(), before);
    assert.equal(messages.errors.length, 1, messages.errors.join('\n'));
    return messages.errors[0] ?? '';
  }

  it('names file, line and column of a broken Cargo.toml and leads there', async () => {
    project = await createProject({ 'Cargo.toml': '[package]\nname = "tally\n' });
    assert.match(await refused(), /^Cargo\.toml:2:\d+: /);
    assert.deepEqual(messages.buttons, ['Open Cargo.toml']);
  });

  it('refuses a manifest from a newer version', async () => {
    project = await createProject({ ...crate, '.github/rust-ci.json': '{ "schema": 2 }\n' });
    assert.match(await refused(), /^\.github\/rust-ci\.json:1:3: .*newer version.* Update Rust CI Pipeline/);
    messages.errors.length = 0;
    await update(tools(), project.root);
    assert.match(messages.errors.join(), /newer version/);
  });

  it('refuses a workflow folder that is a file', async () => {
    project = await createProject({ ...crate, '.github/workflows': 'not a folder\n' });
    assert.match(await refused(), /^\.github\/workflows: This is a file/);
  });

  it('refuses a link that leads out of the repository', async function () {
    if (!platform.realPath) return this.skip();
    const { symlink } = await import('node:fs/promises');
    project = await createProject();
    const outside = await createProject({ 'other.txt': '' });
    try {
      await symlink(outside.root.fsPath, project.uri('.github').fsPath, 'junction');
      await scaffold(tools(), project.root);
      assert.match(messages.errors.join(), /^\.github: This is a symbolic link that leads out/);
      assert.deepEqual(await outside.everything(), { 'other.txt': '' });
      await workspace.fs.delete(project.uri('.github'));
    } finally {
      await outside.remove();
    }
  });

  it('refuses to write over unsaved changes', async () => {
    project = await createProject({ ...crate, '.github/workflows/test.yml': 'name: Mine\n' });
    const document = await workspace.openTextDocument(project.uri('.github/workflows/test.yml'));
    const review = tools({ 'You have a test.yml': 'Replace mine', 'Nothing is': 'Keep reviewing' });
    const settings = workspace.getConfiguration('files');
    await settings.update('autoSave', 'off', true);
    try {
      await scaffold(review, project.root);
      const editor = await window.showTextDocument(document);
      await editor.edit((change) => {
        change.insert(document.positionAt(0), '# unsaved\n');
      });
      assert.equal(document.isDirty, true);
      assert.equal(await review.review.apply(), 'open');
      assert.match(messages.errors.join(), /^\.github\/workflows\/test\.yml: The file has unsaved changes/);
      assert.equal(await project.read('.github/workflows/test.yml'), 'name: Mine\n');
      assert.match(document.getText(), /^# unsaved/);
      await commands.executeCommand('workbench.action.files.revert');
    } finally {
      await settings.update('autoSave', undefined, true);
    }
  });

  it('shows the preview again when files changed since', async () => {
    project = await createProject();
    const review = tools({ 'Nothing is': 'Keep reviewing' });
    await scaffold(review, project.root);
    await project.write({ '.github/workflows/test.yml': 'name: Just now\n' });
    assert.equal(await review.review.apply(), 'open');
    assert.match(messages.others.join(), /Files changed since the preview/);
    assert.deepEqual(await project.list('.github/workflows'), ['test.yml']);
  });

  describe('on a virtual file system', () => {
    let files: MemoryFiles;
    let scheme: string;
    let count = 0;

    function create(isReadonly = false): void {
      files = new MemoryFiles();
      scheme = `rustci-memory-${++count}`;
      const root = Uri.from({ scheme, path: '/repository' });
      for (const [path, text] of Object.entries(crate)) {
        files.writeFile(Uri.joinPath(root, path), new TextEncoder().encode(text));
      }
      project = new Project(root);
      open.push(files.register(scheme, isReadonly));
    }

    it('writes a pipeline', async () => {
      create();
      await scaffold(tools(), project.root);
      assert.deepEqual(messages.errors, []);
      assert.match(await project.read('.github/rust-ci.json'), /"template"/);
      await update(tools(), project.root);
      assert.equal(messages.others.at(-1), 'The Rust CI pipeline is up to date.');
    });

    it('says that a read-only one is read-only', async () => {
      create(true);
      await scaffold(tools(), project.root);
      assert.match(messages.errors.join(), /^The folder is read-only\. /);
      // The files of a read-only file system cannot be removed by the test either.
      project = await createProject();
    });

    it('writes nothing when one file cannot be created, and names it', async () => {
      create();
      files.broken.add('/repository/.github/workflows/security.yml');
      const message = await refused();
      assert.match(
        message,
        /^\.github\/workflows\/security\.yml could not be written \(.*disk is full.*\), so nothing was\./,
      );
      assert.match(message, /Every file is as it was\.$/);
    });

    it('writes nothing when one file cannot be replaced', async () => {
      create();
      const mine = 'name: Mine\non: push\njobs: {}\n';
      await project.write({ '.github/workflows/test.yml': mine });
      files.broken.add('/repository/.github/workflows/test.yml');
      const message = await refused({ 'You have a test.yml': 'Replace mine' });
      assert.match(message, /^\.github\/workflows\/test\.yml could not be written/);
      await eventually('no editor holds the new text', () =>
        workspace.textDocuments.every(({ uri, isDirty }) => uri.scheme !== scheme || !isDirty),
      );
    });
  });
});
