import assert from 'node:assert/strict';
import { languages, tasks, Uri, workspace } from 'vscode';
import { defaultOptions } from '../../../src/core/pipeline/options.js';
import { render } from '../../../src/core/scaffold/render.js';
import { templates } from '../../../src/core/scaffold/templates.js';
import { findGates } from '../../../src/editor/local-gates/folder-gates.js';
import { LocalDiagnostics } from '../../../src/editor/local-gates/local-diagnostics.js';
import { runGate } from '../../../src/editor/local-gates/run-gate.js';
import type { GateOutcome } from '../../../src/editor/local-gates/run-gate.js';
import { processes } from '../../../src/editor/platform/processes.js';
import { RepositoryFiles } from '../../../src/editor/working-copy/repository-files.js';
import { eventually } from '../eventually.js';
import { sampleRoot } from './known-github.js';

const folder = () => Uri.joinPath(sampleRoot(), '.github');

/** What a gate says and how it ends. */
async function run(id: string, signal = new AbortController().signal): Promise<{ outcome: GateOutcome; said: string }> {
  const gate = (await findGates()).find((one) => one.id === id);
  assert.ok(gate, `${id} is a gate`);
  let said = '';
  const outcome = await runGate(gate, null, processes, {
    signal,
    write: (text) => {
      said += text;
    },
  });
  return { outcome, said };
}

// Cargo, rustfmt and jq are what the gates of the pipeline need anyway.
describe('gates on this machine', function () {
  this.timeout(300_000);

  before(async () => {
    for (const [path, text] of render(templates, defaultOptions)) {
      if (path.startsWith('.github/')) {
        await workspace.fs.writeFile(Uri.joinPath(sampleRoot(), path), new TextEncoder().encode(text));
      }
    }
  });
  after(() => workspace.fs.delete(folder(), { recursive: true }));

  it('are tasks, as their workflows define them', async () => {
    let names: string[] = [];
    await eventually('the tasks are offered', async () => {
      names = (await tasks.fetchTasks({ type: 'rust-ci' })).map(({ name }) => name);
      return names.length > 0;
    });
    assert.deepEqual(names.toSorted(), [
      'audit',
      'clippy',
      'coverage',
      'deny',
      'docs',
      'fmt',
      'gitleaks',
      'msrv',
      'test',
      'trivy',
      'workflows',
    ]);
  });

  it('pass where nothing is wrong', async () => {
    const { outcome, said } = await run('fmt');
    assert.deepEqual(
      [outcome, said.includes('cargo fmt --all -- --check')],
      [{ kind: 'passed', measured: null }, true],
      said,
    );
  });

  it('fail with what they find, which is shown at its line', async () => {
    const broken = Uri.joinPath(sampleRoot(), 'src/lib.rs');
    const before = await workspace.fs.readFile(broken);
    const files = new RepositoryFiles();
    const diagnostics = new LocalDiagnostics(files);
    try {
      const text = `${new TextDecoder().decode(before)}\nfn   badly( ) { }\n`;
      await workspace.fs.writeFile(broken, new TextEncoder().encode(text));
      const { outcome, said } = await run('fmt');
      assert.equal(outcome.kind, 'failed', said);
      const gate = (await findGates()).find(({ id }) => id === 'fmt');
      assert.ok(gate);
      await diagnostics.show(gate, said);
      const shown = languages.getDiagnostics(broken).filter(({ source }) => source === 'Format, local');
      assert.deepEqual(
        shown.map(({ range }) => range.start.line),
        [text.trimEnd().split('\n').length - 1],
      );
      diagnostics.clear(gate);
      assert.equal(languages.getDiagnostics(broken).filter(({ source }) => source === 'Format, local').length, 0);
    } finally {
      await workspace.fs.writeFile(broken, before);
      diagnostics.dispose();
      files.dispose();
    }
  });

  it('say what is not installed, and install nothing', async () => {
    const workflow = Uri.joinPath(folder(), 'workflows/security.yml');
    const text = new TextDecoder().decode(await workspace.fs.readFile(workflow));
    await workspace.fs.writeFile(
      workflow,
      new TextEncoder().encode(text.replace(/cargo-deny@/, 'cargo-no-such-tool@')),
    );
    const { outcome } = await run('deny');
    assert.equal(outcome.kind, 'missing');
    assert.match(outcome.needs[0]?.name ?? '', /^cargo-no-such-tool /);
    assert.deepEqual(outcome.needs[0]?.install?.slice(0, 3), ['cargo', 'install', '--locked']);
  });

  it('end when they are cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    assert.deepEqual((await run('test', abort.signal)).outcome, { kind: 'cancelled' });
  });

  it('run as tasks', async () => {
    const task = (await tasks.fetchTasks({ type: 'rust-ci' })).find(({ name }) => name === 'fmt');
    assert.ok(task);
    const ended = new Promise<void>((resolve) => {
      const listener = tasks.onDidEndTask(({ execution }) => {
        if (execution.task.name !== 'fmt') return;
        listener.dispose();
        resolve();
      });
    });
    await tasks.executeTask(task);
    await ended;
  });
});
