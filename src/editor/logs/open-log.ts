import {
  commands,
  env,
  l10n,
  languages,
  ProgressLocation,
  Range,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { TextEditor } from 'vscode';
import type { Job, Run, Step } from '../../core/actions/run.js';
import { verdictOf } from '../../core/gates/verdict.js';
import { GitHubError } from '../../github/problem.js';
import type { GitHub, OpenRepository } from '../github/github.js';
import { gatePatterns } from '../status/gate-patterns.js';
import { progressWord } from '../status/words.js';
import { targetOf } from '../tree/target.js';
import { jobsOf } from '../pipeline/rows/gates.js';
import { logLanguage } from './address.js';
import type { Logs } from './logs.js';
import { logProblem } from './problem.js';

/** What is to be shown of a run: a job's log, at a step or at a line of the log. */
export interface LogTarget {
  readonly run: Run;
  readonly job: Job;
  readonly step?: Step | undefined;
  /** Index of a line of the job's log. */
  readonly logLine?: number | undefined;
}

/** Opens the log of a row (job, step or gate) or of what somebody picks among the jobs that failed. */
export async function openLogCommand(logs: Logs, github: GitHub, argument: unknown): Promise<TextEditor | undefined> {
  const repository = github.current ?? (await github.open());
  if (!repository) {
    void window.showInformationMessage(l10n.t('No repository on GitHub is open here.'));
    return undefined;
  }
  const target = wanted(repository, argument) ?? (await pick(repository));
  return target && openLog(logs, repository, target);
}

/** Shows a log at the place that matters; says why when it cannot. */
export async function openLog(
  logs: Logs,
  repository: OpenRepository,
  target: LogTarget,
): Promise<TextEditor | undefined> {
  const { run, job } = target;
  if (job.status !== 'completed') {
    void offerPage(l10n.t('"{0}" is still running: GitHub gives its log when it has ended.', job.name), job.url);
    return undefined;
  }
  try {
    const { uri, log } = await withProgress(l10n.t('Reading the log of "{0}"…', job.name), (signal) =>
      logs.load(repository, run, job, signal),
    );
    const { steps } = log.document;
    const wantedStep = steps.find(({ step }) => step.number === target.step?.number);
    const failing = steps.find(({ step }) => step.conclusion === 'failure');
    const line =
      target.logLine === undefined ? ((wantedStep ?? failing)?.focus ?? 0) : log.document.lineOf(target.logLine);
    const at = new Range(line, 0, line, 0);
    await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), logLanguage);
    const editor = await window.showTextDocument(uri, { selection: at, preview: true });
    editor.revealRange(at, TextEditorRevealType.InCenter);
    return editor;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    const signIn = error instanceof GitHubError && error.problem.kind === 'signed-out';
    void offerPage(logProblem(error, repository.id), job.url, signIn);
    return undefined;
  }
}

function wanted(repository: OpenRepository, argument: unknown): LogTarget | undefined {
  const target = targetOf(argument, 'job', 'step', 'gate');
  if (!target) return undefined;
  if (target.kind !== 'gate')
    return { run: target.run, job: target.job, ...(target.kind === 'step' ? { step: target.step } : {}) };
  const { run, jobs } = jobsOf(repository.store.snapshot, target.gate);
  const job = jobs.find(({ conclusion }) => conclusion === 'failure') ?? jobs[0];
  return run && job ? { run, job } : undefined;
}

/** Of the gates that failed; where none did, of all. */
async function pick({ store, root }: OpenRepository): Promise<LogTarget | undefined> {
  const { snapshot } = store;
  const { gates } = verdictOf(snapshot, gatePatterns(root));
  const targets = gates.flatMap((gate) => {
    const { run, jobs } = jobsOf(snapshot, gate);
    return run ? jobs.filter(({ status }) => status === 'completed').map((job) => ({ gate, run, job })) : [];
  });
  const failed = targets.filter(({ job }) => job.conclusion === 'failure');
  const offered = failed.length > 0 ? failed : targets;
  if (offered.length === 0) {
    void window.showInformationMessage(l10n.t('No run of this commit has ended yet: there is no log.'));
    return undefined;
  }
  if (offered.length === 1) return offered[0];
  const items = offered.map((target) => ({
    label: target.job.name,
    description: `${target.run.name} #${target.run.number}, ${progressWord(target.job)}`,
    target,
  }));
  return (await window.showQuickPick(items, { title: l10n.t('Open the log of which job?') }))?.target;
}

async function offerPage(message: string, url: string, signIn = false): Promise<void> {
  const page = l10n.t('Open on GitHub');
  const enter = l10n.t('Sign In');
  const answer = await window.showWarningMessage(message, ...(signIn ? [enter] : []), page);
  if (answer === page) await env.openExternal(Uri.parse(url));
  if (answer === enter) await commands.executeCommand('rustCi.signIn');
}

/** Shows progress, with a button that cancels. */
function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    return work(abort.signal);
  });
}
