import { env, l10n } from 'vscode';
import type { Job, Milliseconds, Progress, Run, Step } from '../../core/actions/run.js';
import type { Gate, GateState, Verdict } from '../../core/gates/gate.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something took or takes: "8 s", "3 min", "2 h 5 min", "3 days". */
export function duration(milliseconds: Milliseconds): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return l10n.t('{0} s', seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, minutes % 60);
  const days = Math.floor(hours / 24);
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}

/** How long ago something was: "just now", "4 min ago", "3 days ago"; older than a month its date. */
export function age(then: Milliseconds, now: Milliseconds): string {
  const passed = now - then;
  if (passed < minute) return l10n.t('just now');
  if (passed > 30 * day) return l10n.t('on {0}', date(then));
  if (passed >= hour && passed < day) return l10n.t('{0} h ago', Math.floor(passed / hour));
  return l10n.t('{0} ago', duration(passed));
}

/** Its date in the language of VS Code. */
export function date(then: Milliseconds): string {
  return new Intl.DateTimeFormat(env.language, { dateStyle: 'medium' }).format(then);
}

/** Date and time in the language of VS Code. */
export function moment(then: Milliseconds): string {
  return new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle: 'short' }).format(then);
}

/** The time of day in the language of VS Code. */
export function clock(then: Milliseconds): string {
  return new Intl.DateTimeFormat(env.language, { timeStyle: 'short' }).format(then);
}

/** `3f2c1ab` for a commit. */
export const short = (sha: string): string => sha.slice(0, 7);

/** A number with its unit, cut so that it never looks better than it is: "78.3 %", "2 errors". */
export function amount(value: number, unit: string | null): string {
  const cut = Math.trunc(value * 10 + Math.sign(value) * 1e-9) / 10;
  const number = new Intl.NumberFormat(env.language, { maximumFractionDigits: 1 }).format(cut);
  return unit === null ? number : `${number} ${cut === 1 ? singular(unit) : unit}`;
}

/** "error" for "errors"; units are written in English by whoever reports them. */
const singular = (unit: string) => unit.replace(/ies$/, 'y').replace(/s$/, '');

/** A difference in percentage points with its sign: "+0.2 %". */
export function change(points: number): string {
  const number = new Intl.NumberFormat(env.language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  return `${number.format(points)} %`;
}

/** The bytes of a file: "1.4 MB". */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return amount(bytes / 1000 ** power, units[power] ?? null);
}

/** What a gate's state is called. */
export function stateWord(state: GateState): string {
  switch (state) {
    case 'failed':
      return l10n.t('failed');
    case 'unknown':
      return l10n.t('unknown');
    case 'waiting':
      return l10n.t('waits for approval');
    case 'running':
      return l10n.t('running');
    case 'queued':
      return l10n.t('queued');
    case 'stale':
      return l10n.t('of another commit');
    case 'skipped':
      return l10n.t('skipped');
    case 'notSetUp':
      return l10n.t('not set up');
    case 'passed':
      return l10n.t('passed');
  }
}

/** What is said beside the title of a gate: its number and what it had to be, or why it stands as it does. */
export function gateText(gate: Gate, now: Milliseconds): string {
  const measured = measurement(gate);
  switch (gate.state) {
    case 'failed':
      return measured ?? sentenceless(gate.reason) ?? stateWord('failed');
    case 'passed':
      return measured ?? '';
    case 'running':
      return gate.at === null ? stateWord('running') : l10n.t('running, {0}', duration(now - gate.at));
    case 'stale':
      return staleText(gate);
    case 'skipped':
    case 'unknown':
    case 'waiting':
    case 'queued':
    case 'notSetUp': {
      const reason = sentenceless(gate.reason);
      return reason === undefined ? stateWord(gate.state) : l10n.t('{0}: {1}', stateWord(gate.state), reason);
    }
  }
}

function staleText({ was, sha }: Gate): string {
  if (sha === null) return stateWord('stale');
  if (was === 'passed') return l10n.t('passed at {0}', short(sha));
  if (was === 'failed') return l10n.t('failed at {0}', short(sha));
  return l10n.t('last seen at {0}', short(sha));
}

function measurement({ value, threshold, unit }: Gate): string | undefined {
  if (value === null) return undefined;
  const has = amount(value, unit);
  if (threshold === null) return has;
  const limit = amount(threshold, unit === '%' ? unit : null);
  // Of percents more is better; of findings, less.
  return unit === '%' ? l10n.t('{0}, needs {1}', has, limit) : l10n.t('{0}, allowed {1}', has, limit);
}

/** A sentence as part of another one: without its full stop, and beginning small unless it begins with a name. */
function sentenceless(sentence: string | null): string | undefined {
  if (sentence === null || sentence === '') return undefined;
  const bare = sentence.replace(/\.$/, '');
  return /^[A-Z][a-z]* /.test(bare) && !/^(?:GitHub|Cargo|Rust|Docker|Linux|Windows)\b/.test(bare)
    ? bare.charAt(0).toLowerCase() + bare.slice(1)
    : bare;
}

/** What a gate says as a whole, for hovers and screen readers: "Coverage: failed. 78.3 %, needs 80 %." */
export function gateSentence(gate: Gate, now: Milliseconds): string {
  const text = gateText(gate, now);
  const word = stateWord(gate.state);
  return text === '' || text.startsWith(word) ? `${gate.title}: ${text || word}` : `${gate.title}: ${word}, ${text}`;
}

/** The verdict on a commit in a few words: "7 of 9 gates pass". */
export function verdictText({ gates, passed, counted, state }: Verdict): string {
  if (counted === 0) return l10n.t('no gates checked');
  if (state === 'passed') return counted === 1 ? l10n.t('the gate passes') : l10n.t('all {0} gates pass', counted);
  const failed = gates.filter((gate) => gate.state === 'failed').length;
  if (state === 'stale' && passed === 0) return l10n.t('not checked yet');
  if (failed > 0 && passed === 0) return failed === 1 ? l10n.t('1 gate fails') : l10n.t('{0} gates fail', failed);
  return l10n.t('{0} of {1} gates pass', passed, counted);
}

/** The same beside the word "Gates": "7 of 9 pass". */
export function gatesText(verdict: Verdict): string {
  const { passed, counted, state } = verdict;
  if (counted === 0 || (state === 'stale' && passed === 0)) return verdictText(verdict);
  return state === 'passed' ? l10n.t('all {0} pass', counted) : l10n.t('{0} of {1} pass', passed, counted);
}

/** Where one is: "main @ 3f2c1ab". */
export function headText({ branch, sha }: Pick<Verdict, 'branch' | 'sha'>): string {
  if (sha === null) return branch ?? '';
  return branch === null ? l10n.t('{0}, no branch', short(sha)) : `${branch} @ ${short(sha)}`;
}

/** How far something is, in a word. */
export function progressWord({ status, conclusion }: Progress): string {
  switch (status) {
    case 'queued':
    case 'requested':
    case 'pending':
      return l10n.t('queued');
    case 'waiting':
      return l10n.t('waits for approval');
    case 'in_progress':
      return l10n.t('running');
    case 'unknown':
      return l10n.t('unknown');
    case 'completed':
      break;
  }
  switch (conclusion) {
    case 'success':
      return l10n.t('succeeded');
    case 'failure':
      return l10n.t('failed');
    case 'neutral':
      return l10n.t('neutral');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'skipped':
      return l10n.t('skipped');
    case 'timed_out':
      return l10n.t('ran out of time');
    case 'action_required':
      return l10n.t('waits for approval');
    case 'stale':
      return l10n.t('given up by GitHub');
    case 'startup_failure':
      return l10n.t('could not start');
    case 'unknown':
    case null:
      return l10n.t('unknown');
  }
}

/** What is said beside a job or step: how it ended if not well, and how long it took or has been running. */
export function jobText(job: Job | Step, now: Milliseconds): string {
  const { startedAt, completedAt } = job;
  const took =
    startedAt === null || (job.status !== 'in_progress' && completedAt === null)
      ? undefined
      : duration((completedAt ?? now) - startedAt);
  const succeeded = job.status === 'completed' && job.conclusion === 'success';
  if (job.conclusion === 'skipped' || took === undefined) return progressWord(job);
  return succeeded ? took : l10n.t('{0}, {1}', progressWord(job), took);
}

/** What started a run: "push", "pull request", "by hand". */
export function eventText(event: string): string {
  return event === 'workflow_dispatch' ? l10n.t('by hand') : event.replaceAll('_', ' ');
}

/** What happened to start a run, when, and how far it is: "push, 4 min ago". */
export function runText(run: Run, now: Milliseconds): string {
  const what = eventText(run.event);
  if (run.status === 'in_progress') return l10n.t('{0}, running, {1}', what, duration(now - run.startedAt));
  if (run.status !== 'completed') return l10n.t('{0}, {1}', what, progressWord(run));
  return l10n.t('{0}, {1}', what, age(run.createdAt, now));
}
