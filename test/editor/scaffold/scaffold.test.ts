import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { commands, Uri, window } from 'vscode';
import { parseManifest } from '../../../src/core/scaffold/manifest.js';
import { scaffold } from '../../../src/editor/scaffold/command.js';
import { eventually } from '../eventually.js';
import { Messages } from './messages.js';
import { crate, createProject, createTools } from './project.js';
import type { Project } from './project.js';
import { Script } from './script.js';
import type { Answers } from './script.js';

describe('scaffolding', () => {
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

  async function run(answers: Answers = {}, folder = project.root) {
    const script = new Script(answers);
    const tools = createTools(script);
    open.push(tools);
    await scaffold(tools, folder);
    return { script, tools };
  }

  async function options() {
    return parseManifest(await project.read('.github/rust-ci.json')).options;
  }

  it('writes the recommended pipeline when Enter answers everything', async () => {
    const { script } = await run();
    assert.deepEqual(
      script.asked.map(({ title, place }) => `${title} ${place}`),
      ['Scaffold Rust CI 1/2', 'Scaffold Rust CI 2/2'],
    );
    const { workflows, defaultBranch, gates } = await options();
    assert.deepEqual([workflows.length, defaultBranch, gates], [6, 'main', ['docs', 'msrv']]);
    assert.ok((await project.list('.github/workflows')).includes('test.yml'));
    assert.match(await project.read('.github/workflows/test.yml'), /^name: /m);
    assert.deepEqual(messages.errors, []);
    assert.match(messages.others.join(), /^Rust CI written: \d+ files\.$/);
  });

  it('writes exactly what the preview shows, and nothing before that', async () => {
    const before = await project.everything();
    const { script, tools } = await run({ 'Nothing is written yet': 'Keep reviewing' });
    assert.deepEqual(await project.everything(), before);
    const { label } = window.tabGroups.activeTabGroup.activeTab ?? { label: '' };
    const [, count] = /^Rust CI preview \((\d+) files\)$/.exec(label) ?? [];
    assert.equal(script.asked.at(-1)?.labels[0], `Write ${String(count)} files`);

    assert.equal(await tools.review.apply(), 'written');
    const after = await project.everything();
    const written = Object.entries(after).filter(([path, text]) => text !== undefined && before[path] === undefined);
    assert.equal(written.length, Number(count));
    assert.ok(!window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => tab.label.startsWith('Rust CI preview'))));
  });

  it('writes nothing when it is discarded, left, or its preview is closed', async () => {
    const before = await project.everything();
    await run({ 'Nothing is written yet': 'Discard' });
    assert.deepEqual(await project.everything(), before);

    const { tools } = await run({ 'Nothing is written yet': 'Keep reviewing' });
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await eventually('the proposal is gone', async () => (await tools.review.apply()) === 'discarded');
    assert.deepEqual(await project.everything(), before);
  });

  it('is taken back by one undo, folders included', async () => {
    const before = await project.everything();
    await run();
    await window.showTextDocument(project.uri('.github/workflows/test.yml'));
    await commands.executeCommand('undo');
    await eventually('everything is as before', async () => isDeepStrictEqual(await project.everything(), before));
  });

  it('takes every choice', async () => {
    await run({
      'Enter takes': 'Customise…',
      'Which workflows': ['Test', 'Security'],
      'Which further gates': ['nextest', 'Miri'],
      'Lowest share': '92.5',
      'On which systems': ['Linux', 'Windows'],
      'Where do results go': [],
      'The default branch': 'trunk',
    });
    assert.deepEqual(await options(), {
      workflows: ['test', 'security'],
      defaultBranch: 'trunk',
      roots: ['.'],
      runners: ['linux', 'windows'],
      coverage: { threshold: 92.5, codecov: false },
      gates: ['nextest', 'miri'],
      publish: false,
      registries: [],
      slack: true,
      benchmarkHistory: false,
    });
    assert.deepEqual(await project.list('.github/workflows'), ['security.yml', 'test.yml']);
  });

  it('says why each choice is proposed', async () => {
    await project.write({ Dockerfile: 'FROM scratch\n' });
    const { script } = await run({ 'Enter takes': 'Customise…' });
    const rows = script.question('Which workflows').rows.join('\n');
    assert.match(rows, /Container \| Dockerfile found/);
    assert.match(rows, /Benchmarks \| no benches yet: gated/);
    assert.match(script.question('Which further gates').rows.join('\n'), /Minimum Rust version \| rust-version 1\.74/);
  });

  it('goes back, from the review too, and keeps the answers', async () => {
    const { script } = await run({
      'Enter takes': 'Customise…',
      'Which workflows': ['Security'],
      'Nothing is written yet': 'back',
    });
    const asked = script.asked.map(({ placeholder }) => placeholder);
    assert.equal(asked.filter((text) => text.includes('Nothing is written yet')).length, 2);
    assert.deepEqual((await options()).workflows, ['security']);
  });

  it('gives a project without Cargo.toml a gated pipeline', async () => {
    await project.remove();
    project = await createProject({ 'README.md': '# Soon\n' });
    const { script } = await run();
    assert.match(script.question('Nothing is written yet').labels.join('\n'), /There is no Cargo\.toml yet/);
    assert.deepEqual((await options()).roots, ['.']);
  });

  it('writes to the root of the repository when it is started from a folder inside', async () => {
    await project.remove();
    const inside = { 'crates/api/Cargo.toml': crate['Cargo.toml'], 'crates/api/src/lib.rs': '' };
    project = await createProject({ ...inside, 'tool/Cargo.toml': crate['Cargo.toml'], 'tool/src/main.rs': '' });
    await run({}, Uri.joinPath(project.root, 'crates'));
    assert.deepEqual((await options()).roots, ['crates/api']);
  });

  it('refuses a threshold that is no percentage', async () => {
    const { script } = await run({ 'Enter takes': 'Customise…', 'Lowest share': '101' });
    assert.deepEqual(script.refused, ['Enter a number from 0 to 100']);
    assert.ok(!('.github' in (await project.everything())));
  });

  it('runs as a command, answered by keys', async () => {
    const run = commands.executeCommand('rustCi.scaffold', project.root);
    await eventually('the pipeline is there', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return '.github/rust-ci.json' in (await project.everything());
    });
    await run;
    assert.equal((await options()).coverage.threshold, 80);
  });
});
