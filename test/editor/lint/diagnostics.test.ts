import assert from 'node:assert/strict';
import { commands, DiagnosticSeverity, languages, Range, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import { eventually } from '../eventually.js';
import { ciPath, codeOf, Project, workflow } from './project.js';

describe('the diagnostics of workflows', () => {
  let project: Project;

  beforeEach(async () => {
    project = await Project.create();
  });
  afterEach(() => project.remove());

  it('have source, code with link, severity and the exact range', async () => {
    const document = await project.open(workflow('', 'pus'));
    await project.shows(['unknown-event']);
    const [diagnostic] = project.diagnostics();
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), 'pus');
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.ok(typeof diagnostic.code === 'object');
    assert.match(diagnostic.code.target.toString(true), /^https:.*\/docs\/lint-rules\.md#unknown-event$/);
  });

  it('are there whatever the language of the document is', async () => {
    const document = await project.open(workflow('', 'pus'));
    await languages.setTextDocumentLanguage(document, 'plaintext');
    await project.shows(['unknown-event']);
  });

  it('are there for files that nobody has opened, and go with the file', async () => {
    await project.write(ciPath, workflow('', 'pus'));
    await project.write('action.yml', 'name: a\ndescription: b\nruns:\n  using: node12\n  main: a.js\n');
    await project.write('.github/dependabot.yml', 'version: 3\nupdates: []\n');
    await project.shows(['unknown-event']);
    await project.shows(['action-metadata', 'action-metadata'], 'action.yml');
    await project.write('a.js', '');
    await project.shows(['action-metadata'], 'action.yml');
    await workspace.fs.delete(project.uri(ciPath));
    await project.shows([]);
    await workspace.fs.delete(project.uri('.github'), { recursive: true });
    await project.shows([], '.github/dependabot.yml');
  });

  it('follow what is typed, and no older result comes after the last one', async () => {
    const document = await project.open(workflow());
    for (const event of ['pus', 'pul', 'p', 'merge_grou', 'pus']) await replace(document, workflow('', event));
    await replace(document, workflow(local('missing')));
    await project.shows(['missing-action', 'self-repository']);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(project.codes(), ['missing-action', 'self-repository']);
  });

  it('follow other files, saved or not', async () => {
    const action = 'name: a\ndescription: b\ninputs:\n  name:\n    description: c\n    required: true\nruns:\n';
    const runs = '  using: composite\n  steps: []\n';
    await project.open(workflow(local('tools/a')));
    await project.shows(['missing-action', 'self-repository']);
    await project.write('tools/a/action.yml', action + runs);
    await project.shows(['missing-input', 'self-repository']);
    const document = await workspace.openTextDocument(project.uri('tools/a/action.yml'));
    await replace(document, action.replace('true', 'false') + runs);
    await project.shows(['self-repository']);
    await document.save();
    await workspace.fs.delete(project.uri('tools'), { recursive: true });
    await project.shows(['missing-action', 'self-repository']);
  });

  it('of open files only go when the file is closed', async () => {
    const configuration = workspace.getConfiguration('rustCi.lint');
    await configuration.update('scope', 'openFiles');
    try {
      await project.write('.github/workflows/other.yml', workflow('', 'pus'));
      await project.open(workflow('', 'pus'));
      await project.shows(['unknown-event']);
      assert.deepEqual(project.codes('.github/workflows/other.yml'), []);
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await project.shows([]);
      await configuration.update('scope', undefined);
      await project.shows(['unknown-event']);
    } finally {
      await configuration.update('scope', undefined);
    }
  });

  it('obey the settings at once, and ignore what is none', async () => {
    const configuration = workspace.getConfiguration('rustCi.lint');
    await project.open(workflow('', 'pus'));
    await project.shows(['unknown-event']);
    try {
      await configuration.update('severity', { 'unknown-event': 'info', syntax: 'loud' });
      await waitForSeverity(project, DiagnosticSeverity.Information);
      await configuration.update('severity', { syntax: 'off' });
      await project.shows([]);
      await configuration.update('severity', 7);
      await project.shows(['unknown-event']);
      await configuration.update('githubActionsExtension', 'stepBack');
      await project.shows([]);
      await configuration.update('githubActionsExtension', undefined);
      await project.shows(['unknown-event']);
      await configuration.update('enable', false);
      await project.shows([]);
    } finally {
      for (const name of ['severity', 'githubActionsExtension', 'enable']) await configuration.update(name, undefined);
    }
    await project.shows(['unknown-event']);
  });
});

/** A step; that `$/` would be better is a hint of its own. */
const local = (folder: string) => `- uses: ./${folder}\n`;

async function waitForSeverity(project: Project, severity: DiagnosticSeverity): Promise<void> {
  await eventually('the severity has changed', () =>
    project.diagnostics().some((one) => codeOf(one) === 'unknown-event' && one.severity === severity),
  );
}

async function replace(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  assert.ok(await workspace.applyEdit(edit));
}
