import { platform } from '#platform';
import { commands, Disposable, l10n, tasks, window, workspace } from 'vscode';
import type { Gate } from '../../core/gates/gate.js';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import type { Processes } from '../platform/platform.js';
import { age, duration, stateWord } from '../status/words.js';
import { targetOf } from '../tree/target.js';
import { checkedOut } from '../working-copy/commit-files.js';
import { RepositoryFiles } from '../working-copy/repository-files.js';
import { findGates } from './folder-gates.js';
import type { FolderGate } from './folder-gates.js';
import { GateTasks, taskType } from './gate-tasks.js';
import { GateTerminal } from './gate-terminal.js';
import { offerInstallation } from './install.js';
import { LocalDiagnostics } from './local-diagnostics.js';
import { LocalResults } from './local-results.js';
import { localRow } from './rows.js';
import { runGate } from './run-gate.js';
import type { GateOutcome } from './run-gate.js';

/** Runs gates on this machine, as their workflow defines them. Only where the workspace is trusted and programs can run. */
export const localGates: Feature = (context, { details, github }) => {
  const { processes } = platform;
  const results = new LocalResults(context.workspaceState);
  const files = new RepositoryFiles();
  const diagnostics = new LocalDiagnostics(files);
  const runner = processes && new Runner(processes, results, diagnostics);
  return Disposable.from(
    results,
    files,
    diagnostics,
    details.provide({ gate: (repository, gate) => localRow(results, repository, gate) }),
    results.onDidChange(() => {
      details.changed();
    }),
    ...(runner ? [tasks.registerTaskProvider(taskType, runner.tasks)] : []),
    registerCommands({
      'rustCi.runGateLocally': async (argument?: unknown) => {
        const root = github.current?.root.toString();
        await runLocally(runner, results, targetOf(argument, 'gate')?.gate, root);
      },
    }),
  );
};

class Runner {
  readonly #processes: Processes;
  readonly #results: LocalResults;
  readonly #diagnostics: LocalDiagnostics;
  readonly tasks = new GateTasks((gate) => new GateTerminal((terminal) => this.#run(gate, terminal)));

  constructor(processes: Processes, results: LocalResults, diagnostics: LocalDiagnostics) {
    this.#processes = processes;
    this.#results = results;
    this.#diagnostics = diagnostics;
  }

  /** Runs a gate in its terminal and keeps its result. @returns the exit code of the task */
  async #run(gate: FolderGate, terminal: GateTerminal): Promise<number> {
    const before = checkedOut(gate.root);
    const start = Date.now();
    this.#diagnostics.clear(gate);
    terminal.write(`${l10n.t('{0}, as {1} defines it', gate.title, gate.path)}\n\n`);
    const outcome = await runGate(gate, null, this.#processes, terminal);
    terminal.write(`\n${sentence(gate, outcome, Date.now() - start)}\n`);
    if (outcome.kind === 'missing') {
      void offerInstallation(gate.title, outcome.needs).then(async (installed) => {
        const task = installed ? this.tasks.taskOf(gate) : undefined;
        if (task) await tasks.executeTask(task);
      });
      return 127;
    }
    if (outcome.kind === 'cancelled') return 130;
    const {
      value = null,
      threshold = null,
      unit = null,
      reason = null,
    } = (outcome.kind === 'skipped' ? { reason: outcome.reason } : outcome.measured) ?? {};
    await this.#results.set(gate.root, {
      gate: gate.id,
      state: outcome.kind,
      ...{ value, threshold, unit, reason },
      commit: before.sha,
      dirty: before.dirty,
      at: Date.now(),
      took: Date.now() - start,
    });
    if (outcome.kind === 'failed') await this.#diagnostics.show(gate, terminal.said);
    return outcome.kind === 'failed' ? 1 : 0;
  }
}

function sentence(gate: FolderGate, outcome: GateOutcome, took: number): string {
  const green = (text: string) => `\u001b[1;32m${text}\u001b[0m`;
  const red = (text: string) => `\u001b[1;31m${text}\u001b[0m`;
  switch (outcome.kind) {
    case 'passed':
      return green(l10n.t('{0} passed here, in {1}.', gate.title, duration(took)));
    case 'failed':
      return red(l10n.t('{0} failed here, after {1}.', gate.title, duration(took)));
    case 'skipped':
      return l10n.t('{0} checked nothing: {1}', gate.title, outcome.reason);
    case 'missing':
      return red(l10n.t('Not installed: {0}. Nothing was checked.', outcome.needs.map(({ name }) => name).join(', ')));
    case 'cancelled':
      return l10n.t('Cancelled. Nothing is known of {0} here.', gate.title);
  }
}

async function runLocally(
  runner: Runner | undefined,
  results: LocalResults,
  wanted: Gate | undefined,
  root: string | undefined,
): Promise<void> {
  if (!runner) {
    void window.showInformationMessage(
      l10n.t('Gates run where VS Code can start programs, which it cannot in a browser.'),
    );
    return;
  }
  if (!workspace.isTrusted) {
    const trust = l10n.t('Manage Trust');
    const message = l10n.t('A gate runs what the workflow and the project say. Trust this workspace to run it.');
    if ((await window.showWarningMessage(message, trust)) === trust)
      await commands.executeCommand('workbench.trust.manage');
    return;
  }
  const gates = await findGates();
  if (gates.length === 0) {
    const scaffold = l10n.t('Scaffold Rust CI…');
    const message = l10n.t('No workflow of a Rust CI pipeline is here: its gates are what can be run.');
    if ((await window.showInformationMessage(message, scaffold)) === scaffold) {
      await commands.executeCommand('rustCi.scaffold');
    }
    return;
  }
  const fitting = gates.filter(({ id }) => id === wanted?.id);
  const gate = fitting.find((one) => one.root.toString() === root) ?? fitting[0];
  if (wanted && !gate) {
    void window.showInformationMessage(l10n.t('{0} is no gate of a workflow of this folder.', wanted.title));
    return;
  }
  const chosen = gate ?? (await pick(gates, results));
  const task = chosen && runner.tasks.taskOf(chosen);
  if (task) await tasks.executeTask(task);
}

async function pick(gates: readonly FolderGate[], results: LocalResults): Promise<FolderGate | undefined> {
  const several = new Set(gates.map(({ root }) => root.toString())).size > 1;
  const items = gates.map((gate) => {
    const last = results.of(gate.root, gate.id);
    return {
      label: gate.title,
      description: several ? workspace.asRelativePath(gate.root) : gate.path,
      ...(last ? { detail: l10n.t('Here last {0}, {1}', stateWord(last.state), age(last.at, Date.now())) } : {}),
      gate,
    };
  });
  const title = l10n.t('Run which gate on this machine?');
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.gate;
}
