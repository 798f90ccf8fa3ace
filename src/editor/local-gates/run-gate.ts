import { l10n, Uri, workspace } from 'vscode';
import { changesFiles } from '../../core/gates/local/changes-files.js';
import type { LocalPlan, LocalStep, Machine } from '../../core/gates/local/plan.js';
import type { Measured } from '../../core/gates/local/outcome.js';
import type { Need } from '../../core/gates/local/needs.js';
import type { Processes, RunningProcess } from '../platform/platform.js';
import type { FolderGate } from './folder-gates.js';
import { loadPlanner } from './load-planner.js';

/** How a gate ended that ran here. */
export type GateOutcome =
  | { readonly kind: 'passed' | 'failed'; readonly measured: Measured | null }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'missing'; readonly needs: readonly Need[] }
  | { readonly kind: 'cancelled' };

/** What a run shows, and what it listens to. */
export interface RunConsole {
  write(text: string): void;
  readonly signal: AbortSignal;
}

const jq: Need = { name: 'jq', probe: ['jq', '--version'], install: null, page: 'https://jqlang.org/download/' };
const bashNeed: Need = {
  name: 'bash',
  probe: ['bash', '--version'],
  install: null,
  page: 'https://git-scm.com/downloads/win',
};

/** Runs a gate's own commands, as its workflow defines them. Rejects when they cannot be understood. */
export async function runGate(
  gate: FolderGate,
  branch: string | null,
  processes: Processes,
  output: RunConsole,
): Promise<GateOutcome> {
  const temp = await processes.temporaryFolder();
  try {
    return await new GateRun(gate, branch, processes, output, temp).run();
  } finally {
    await processes.removeFolder(temp).catch(() => undefined);
  }
}

class GateRun {
  readonly #gate: FolderGate;
  readonly #branch: string | null;
  readonly #processes: Processes;
  readonly #output: RunConsole;
  readonly #temp: string;
  #bash = 'bash';

  constructor(gate: FolderGate, branch: string | null, processes: Processes, output: RunConsole, temp: string) {
    this.#gate = gate;
    this.#branch = branch;
    this.#processes = processes;
    this.#output = output;
    this.#temp = temp;
  }

  async run(): Promise<GateOutcome> {
    const { detectionFor, planOf, outputsIn, measuredIn } = await loadPlanner();
    const { workflow, id } = this.#gate;
    const root = this.#gate.root.fsPath;
    const bash = await this.#findBash();
    if (bash === undefined) return { kind: 'missing', needs: [bashNeed] };
    this.#bash = bash;
    const missing = await this.#missing([jq]);
    if (missing.length > 0) return { kind: 'missing', needs: missing };

    const machine = this.#machine(root);
    const detection = detectionFor(workflow, id, machine);
    let outputs: Record<string, string> = {};
    if (detection) {
      const { code, files } = await this.#step(detection, root, 0, true);
      if (code === null) return { kind: 'cancelled' };
      if (code !== 0) return { kind: 'failed', measured: null };
      outputs = outputsIn(files);
    }
    const plan = planOf(workflow, id, outputs, machine);
    if (plan.skipped !== null) return { kind: 'skipped', reason: plan.skipped };
    const needs = await this.#missing(plan.needs);
    if (needs.length > 0) return { kind: 'missing', needs };

    const folder = (await this.#copyIfNeeded(outputs)) ?? root;
    const ended = await this.#jobs(plan, folder);
    if (ended === null) return { kind: 'cancelled' };
    const measured = measuredIn([...ended.parts, ...(await this.#partFiles(folder))], id);
    if (measured?.skipped === true) return { kind: 'skipped', reason: measured.reason ?? '' };
    return { kind: ended.succeeded ? 'passed' : 'failed', measured };
  }

  /** Every job to its end, as GitHub does without fail-fast; null when it was cancelled. */
  async #jobs(plan: LocalPlan, folder: string): Promise<{ succeeded: boolean; parts: string[] } | null> {
    const { outputsIn } = await loadPlanner();
    let all = true;
    let count = 0;
    const parts: string[] = [];
    for (const job of plan.jobs) {
      let succeeded = true;
      for (const step of job.steps) {
        if (!step.runs(succeeded)) continue;
        this.#heading(plan.jobs.length > 1 ? `${job.name}: ${step.name}` : step.name, step);
        const { code, files } = await this.#step(step, folder, ++count, false);
        if (code === null) return null;
        const { part } = outputsIn(files);
        if (part !== undefined) parts.push(part);
        if (code !== 0) succeeded = false;
      }
      all &&= succeeded;
    }
    return { succeeded: all, parts };
  }

  /** Runs a step's script; gives its exit code (null: cancelled) and what it wrote as outputs. */
  async #step(
    step: LocalStep,
    root: string,
    number: number,
    quiet: boolean,
  ): Promise<{ code: number | null; files: string }> {
    if (!/^(?:bash|sh)\b/.test(step.shell)) {
      throw new Error(l10n.t('"{0}" runs in the shell {1}; only bash can be run here.', step.name, step.shell));
    }
    const outputs = `${this.#temp}/output-${number}`;
    const env = {
      ...step.env,
      RUNNER_TEMP: this.#temp,
      RUNNER_OS: this.#processes.os,
      GITHUB_WORKSPACE: root,
      GITHUB_OUTPUT: outputs,
      GITHUB_ENV: `${this.#temp}/env`,
      GITHUB_PATH: `${this.#temp}/path`,
      GITHUB_STEP_SUMMARY: `${this.#temp}/summary`,
      // Nothing is installed that nobody asked for.
      RUSTUP_AUTO_INSTALL: '0',
    };
    const cwd = step.folder === '.' ? root : Uri.joinPath(Uri.file(root), step.folder).fsPath;
    let said = '';
    const process = this.#processes.start(this.#bash, ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.script], {
      cwd,
      env,
      onData: (text) => {
        if (quiet) said += text;
        else this.#output.write(text);
      },
    });
    const code = await this.#ended(process);
    // What finds out what there is to check has nothing to say, unless it cannot.
    if (quiet && code !== 0) this.#output.write(said);
    return { code, files: await read(outputs) };
  }

  async #ended(process: RunningProcess): Promise<number | null> {
    const { signal } = this.#output;
    const kill = () => {
      process.kill();
    };
    if (signal.aborted) kill();
    signal.addEventListener('abort', kill);
    try {
      const code = await process.ended;
      return signal.aborted ? null : (code ?? 1);
    } finally {
      signal.removeEventListener('abort', kill);
    }
  }

  async #missing(needs: readonly Need[]): Promise<Need[]> {
    const missing: Need[] = [];
    for (const need of needs) {
      const [program = '', ...args] = need.probe;
      const options = { cwd: this.#gate.root.fsPath, env: { RUSTUP_AUTO_INSTALL: '0' }, onData: () => undefined };
      const code = await this.#processes.start(program, args, options).ended.catch(() => 127);
      if (code !== 0) missing.push(need);
    }
    return missing;
  }

  /** Some gates change files of their checkout, or leave some behind: they get a copy of what is there now. */
  async #copyIfNeeded(outputs: Readonly<Record<string, string>>): Promise<string | undefined> {
    if (!changesFiles(this.#gate.id, outputs)) return undefined;
    const root = this.#gate.root.fsPath;
    let list = '';
    const git = this.#processes.start('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      env: {},
      onData: (text) => {
        list += text;
      },
    });
    if ((await git.ended) !== 0) throw new Error(l10n.t('git could not list the files: {0}', list));
    const copy = `${this.#temp}/copy`;
    await this.#processes.copyFiles(
      root,
      copy,
      list.split('\0').filter((path) => path !== ''),
    );
    // So that the next time builds on what was built.
    await this.#processes.linkFolder(`${root}/target/rust-ci`, `${copy}/target`);
    return copy;
  }

  /** What scripts left for the report: in the folder for temporary files, and the coverage. */
  async #partFiles(folder: string): Promise<string[]> {
    const parts = Uri.file(`${this.#temp}/parts`);
    await workspace.fs.createDirectory(parts);
    const names = (await workspace.fs.readDirectory(parts)).map(([name]) => name);
    const texts = await Promise.all(names.map((name) => read(Uri.joinPath(parts, name).fsPath)));
    const coverage = this.#gate.id === 'coverage' ? await read(`${folder}/coverage/coverage.json`) : '';
    return [...texts, coverage].filter((text) => text !== '');
  }

  #machine(workspace: string): Machine {
    const branch = this.#branch;
    return { os: this.#processes.os, workspace, temp: this.#temp, branch, defaultBranch: 'main' };
  }

  #heading(name: string, step: LocalStep): void {
    const command = step.script
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    this.#output.write(`\u001b[1m${name}\u001b[0m\n\u001b[2m${command}\u001b[0m\n\n`);
  }

  /** On Windows the bash of git; the one of the system would start Linux. */
  #findBash(): Promise<string | undefined> {
    if (this.#processes.os !== 'Windows') return Promise.resolve('bash');
    return this.#processes.firstExisting([
      'C:\\Program Files\\Git\\bin\\bash.exe',
      'C:\\Program Files (x86)\\Git\\bin\\bash.exe',
    ]);
  }
}

async function read(fsPath: string): Promise<string> {
  return workspace.fs.readFile(Uri.file(fsPath)).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
}
