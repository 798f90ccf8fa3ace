import { l10n } from 'vscode';
import type { Approval } from '../../core/rollback/approval.js';
import type { Candidate, Usable } from '../../core/rollback/candidates.js';
import type { Caution } from '../../core/rollback/checks.js';
import type { Live } from '../../core/rollback/live.js';
import type { Stage } from '../../core/rollback/steps.js';
import type { Outcome, Truth } from '../../core/rollback/truth.js';
import type { Named, ReasonProblem } from '../../core/rollback/wish.js';
import { age } from '../status/words.js';

/** The beginning of a digest, enough for people to tell two apart. */
export const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

/** What people call an image: its version, else a tag, else its digest. */
export function nameOf({
  version,
  digest,
  tags,
}: {
  version: string | null;
  digest: string | null;
  tags?: readonly string[];
}): string {
  return version ?? tags?.[0] ?? (digest === null ? l10n.t('an image') : shortDigest(digest));
}

export function liveSentence(live: Live | null, now: number): string {
  if (!live) return l10n.t('Nothing is live: no image carries latest');
  const name = nameOf({ version: live.version, digest: live.image.digest });
  const digest = shortDigest(live.image.digest);
  if (live.since === null) return l10n.t('Live: {0} ({1}), nothing tells since when', name, digest);
  const since = age(live.since, now);
  if (live.rolledBack) return l10n.t('Live: {0} ({1}), rolled back to {2} by {3}', name, digest, since, live.by ?? '?');
  return live.by === null
    ? l10n.t('Live: {0} ({1}), deployed {2}', name, digest, since)
    : l10n.t('Live: {0} ({1}), deployed {2} by {3}', name, digest, since, live.by);
}

/** What a candidate is, in the line behind its name. */
export function describe({ digest, createdAt, tags, version }: Candidate, now: number): string {
  const others = tags.filter((tag) => tag !== version && !tag.startsWith('sha-'));
  return [
    digest === null ? l10n.t('its image is gone') : shortDigest(digest),
    age(createdAt, now),
    ...(others.length > 0 ? [others.join(', ')] : []),
  ].join(' · ');
}

/** What is known of a candidate, in the line below its name. */
export function detail(candidate: Candidate): string {
  const { wasLive, gates, platforms, bad, prerelease, release } = candidate;
  if (candidate.digest === null) return l10n.t('Nothing to roll back to: the registry has no image of this version');
  const gate = { passed: l10n.t('gates passed'), failed: l10n.t('gates failed'), unknown: l10n.t('gates unknown') };
  const notes = firstLine(release?.notes ?? '');
  return [
    ...(bad ? [l10n.t('Known as bad: {0}', bad.reason)] : []),
    ...(prerelease ? [l10n.t('prerelease')] : []),
    wasLive === null ? l10n.t('unknown if ever live') : wasLive ? l10n.t('was live') : l10n.t('never live'),
    gate[gates],
    platforms ? platforms.join(', ') : l10n.t('platforms unknown'),
    ...(notes === '' ? [] : [notes]),
  ].join(' · ');
}

function firstLine(notes: string): string {
  const line =
    notes
      .split(/\r?\n/)
      .map((one) => one.replace(/^[#*\s-]+/, '').trim())
      .find((one) => one !== '') ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

export function cautionWords(caution: Caution): string {
  switch (caution.kind) {
    case 'knownBad':
      return l10n.t('This version was rolled back from before: {0}', caution.reason);
    case 'gatesFailed':
      return l10n.t('Gates of this version failed.');
    case 'prerelease':
      return l10n.t('This version is a prerelease.');
    case 'neverLive':
      return l10n.t('This version was never live.');
    case 'newer':
      return l10n.t('This version is newer than what is live.');
    case 'fewerPlatforms':
      return l10n.t('This version does not run on {0}, what is live does.', caution.lost.join(', '));
  }
}

export function reasonProblemWords(problem: ReasonProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Say why, so that others know later.');
    case 'lines':
      return l10n.t('One line, please.');
    case 'long':
      return l10n.t('At most 500 characters.');
  }
}

export function approvalWords(approval: Approval): string {
  switch (approval.kind) {
    case 'people': {
      const who =
        approval.names.length === 1
          ? l10n.t('Environment production: {0} has to approve.', approval.names.join(''))
          : l10n.t('Environment production: one of {0} has to approve.', approval.names.join(', '));
      const but = approval.notOneself ? [l10n.t('Whoever starts the rollback may not approve it.')] : [];
      return [who, ...but, ...waitWords(approval.waitTimer)].join(' ');
    }
    case 'nobody':
      return [l10n.t('Environment production: nobody has to approve.'), ...waitWords(approval.waitTimer)].join(' ');
    case 'unknown':
      return l10n.t('Environment production: GitHub does not tell who has to approve.');
  }
}

const waitWords = (minutes: number): string[] => (minutes > 0 ? [l10n.t('It waits {0} min first.', minutes)] : []);

export interface Confirmation {
  readonly repository: string;
  readonly from: Named | null;
  readonly to: Usable;
  readonly approval: Approval;
  readonly cautions: readonly Caution[];
  readonly reason: string;
}

/** Exactly what is going to happen. */
export function confirmation({ repository, from, to, approval, cautions, reason }: Confirmation) {
  const target = nameOf(to);
  const before = from ? nameOf(from) : l10n.t('nothing');
  return {
    question: to.newer
      ? l10n.t('Roll {0} forward from {1} to {2}?', repository, before, target)
      : l10n.t('Roll {0} back from {1} to {2}?', repository, before, target),
    detail: [
      from
        ? l10n.t('latest moves from {0} to {1}.', shortDigest(from.digest), shortDigest(to.digest))
        : l10n.t('latest becomes {0}.', shortDigest(to.digest)),
      approvalWords(approval),
      to.platforms
        ? l10n.t('All platforms stay: {0}.', to.platforms.join(', '))
        : l10n.t('All platforms of the image stay.'),
      to.release
        ? l10n.t('{0} is marked as the latest release. Nothing is built.', to.release.tag)
        : l10n.t('Nothing is built.'),
      ...cautions.map((caution) => `⚠ ${cautionWords(caution)}`),
      l10n.t('Reason: {0}', reason),
    ].join('\n'),
    button: to.newer ? l10n.t('Roll Forward') : l10n.t('Roll Back'),
  };
}

/** Where a rollback is, in a few words. */
export function stageWords(stage: Stage): string {
  switch (stage.at) {
    case 'asked':
    case 'dispatching':
      return l10n.t('starting rollback.yml');
    case 'lookingUp':
      return stage.why === ''
        ? l10n.t('looking for the run')
        : l10n.t('the answer was lost; looking whether the run started');
    case 'queued':
      return l10n.t('queued');
    case 'waiting': {
      const names = stage.pending.map(({ environment }) => environment).join(', ');
      const who = stage.pending.flatMap(({ reviewers }) => reviewers);
      return who.length > 0
        ? l10n.t('waits for approval in {0} by {1}', names, who.join(', '))
        : l10n.t('waits for {0}', names);
    }
    case 'running':
      return stage.step ?? l10n.t('running');
    case 'verifying':
    case 'checking':
      return l10n.t('asking the registry what is live');
    case 'over':
      return l10n.t('ended');
  }
}

/** What is true now. */
export function truthWords(truth: Truth, wish: { readonly from: Named | null; readonly to: Named }): string {
  if (truth.kind === 'unreadable') return l10n.t('What is live could not be read: {0}', truth.why);
  if (truth.latest === null) return l10n.t('No image carries latest now.');
  if (truth.latest === wish.to.digest) return l10n.t('{0} is live now.', nameOf(wish.to));
  if (truth.latest === wish.from?.digest) return l10n.t('{0} is still live, nothing has changed.', nameOf(wish.from));
  return l10n.t('Another image is live now: {0}.', shortDigest(truth.latest));
}

/** How it came out: what happened, what is true now, what to do. */
export function outcomeWords(outcome: Outcome, wish: { readonly from: Named | null; readonly to: Named }): string {
  const to = nameOf(wish.to);
  switch (outcome.kind) {
    case 'left':
      return l10n.t('Nothing was rolled back.');
    case 'refused':
      return l10n.t('The rollback to {0} was not started. {1}', to, outcome.why);
    case 'unseen':
      return l10n.t(
        'The answer of GitHub was lost ({0}) and no run appeared, so the rollback to {1} probably did not start. {2} Look at the runs of rollback.yml before you try again.',
        outcome.why.replace(/\.$/, ''),
        to,
        truthWords(outcome.truth, wish),
      );
    case 'done': {
      const { platforms, source } = outcome.truth;
      if (source === 'packages') {
        return l10n.t(
          '{0} is live: GitHub Packages shows latest as {1}. The registry itself did not tell, so its platforms are not verified.',
          to,
          shortDigest(wish.to.digest),
        );
      }
      return l10n.t(
        '{0} is live: the registry shows latest as {1}, with {2}.',
        to,
        shortDigest(wish.to.digest),
        platforms && platforms.length > 0 ? platforms.join(', ') : l10n.t('its only platform'),
      );
    }
    case 'failed': {
      const truth = truthWords(outcome.truth, wish);
      const help = l10n.t('Look at the run, then try again: a repeated rollback does no harm.');
      return outcome.conclusion === 'cancelled'
        ? l10n.t('The rollback to {0} was cancelled. {1}', to, truth)
        : l10n.t('The rollback to {0} failed. {1} {2}', to, truth, help);
    }
    case 'contradicted': {
      const truth = truthWords(outcome.truth, wish);
      return outcome.lost.length > 0
        ? l10n.t('The run succeeded, but latest lacks {0}. {1} Look at the run.', outcome.lost.join(', '), truth)
        : l10n.t('The run succeeded, but the registry shows something else. {0} Look at the run.', truth);
    }
    case 'unverified':
      return l10n.t('The run succeeded, but nobody could verify that {0} is live: {1}', to, outcome.why);
  }
}
