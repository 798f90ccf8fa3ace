import { l10n } from 'vscode';
import type { Reported } from '../../core/verify/gates-reported.js';
import type { Rehearsal, RehearsalProblem } from '../../core/verify/rehearsal.js';
import { overall } from '../../core/verify/result.js';
import type { Result, Step } from '../../core/verify/result.js';
import type { Proof } from '../../github/verify/live-proof.js';

export function resultWord(result: Result): string {
  switch (result) {
    case 'ok':
      return l10n.t('in order');
    case 'wrong':
      return l10n.t('not in order');
    case 'attention':
      return l10n.t('look at it');
    case 'unknown':
      return l10n.t('not known');
    case 'skipped':
      return l10n.t('not looked at');
  }
}

const sign: Record<Result, string> = { ok: '✓', wrong: '✗', attention: '!', unknown: '?', skipped: '–' };

/** What a workflow reported of its gates. */
export function reportedLines({ workflow, passed, failed, skipped, why }: Reported): string[] {
  switch (why) {
    case 'noRun':
      return [l10n.t('{0}: no run of the newest commit is known.', workflow)];
    case 'notEnded':
      return [l10n.t('{0}: its run has not ended yet.', workflow)];
    case 'noReport':
      return [l10n.t('{0}: its run has no report that can be read.', workflow)];
    case null:
      return [
        ...(passed.length > 0 ? [l10n.t('{0}: passed {1}.', workflow, passed.join(', '))] : []),
        ...(failed.length > 0 ? [l10n.t('{0}: failed {1}.', workflow, failed.join(', '))] : []),
        ...skipped.map(({ id, reason }) =>
          l10n.t('{0}: {1} checked nothing. {2}', workflow, id, reason ?? l10n.t('No reason is given.')),
        ),
      ];
  }
}

export function rehearsalLine({ ref, environment, tag, prerelease, problem }: Rehearsal): string {
  if (problem) return `${ref}: ${rehearsalProblem(problem)}`;
  return prerelease
    ? l10n.t('{0}: builds, then publishes the prerelease {1} in {2}.', ref, tag ?? '', environment)
    : l10n.t('{0}: builds, then publishes the release {1} in {2}.', ref, tag ?? '', environment);
}

function rehearsalProblem(problem: RehearsalProblem): string {
  switch (problem.kind) {
    case 'noVersion':
      return l10n.t('no package has a version, so nothing would be released.');
    case 'severalVersions':
      return l10n.t(
        'the packages have several versions ({0}), so the branch must be named after one of them.',
        problem.versions.join(', '),
      );
    case 'tagExists':
      return l10n.t('this version was tagged already. Raise it in Cargo.toml before the next release.');
    case 'prereleaseVersion':
      return l10n.t('{0} is a prerelease; only versions such as 1.2.3 are released for production.', problem.version);
  }
}

const proofTitle = (): string => l10n.t('Live proof: an empty commit, and the gates that report on it');

/** A live proof that was asked for and not begun. */
export const skippedProof = (why: string): Step => ({
  id: 'proof',
  title: proofTitle(),
  result: 'skipped',
  lines: [why],
});

/** What became of the live proof, as a step. */
export function proofStep(proof: Proof, whyNot: (problem: unknown) => string): Step {
  const gates = proof.gates.map(({ name, job }) =>
    job?.status === 'completed'
      ? l10n.t('{0}: {1}', name, job.conclusion ?? l10n.t('no conclusion'))
      : l10n.t('{0}: has not reported', name),
  );
  const failed = proof.gates.some(({ job }) => job?.conclusion !== 'success');
  const lines = [
    ...(proof.pull ? [l10n.t('Pull request #{0}: {1}', proof.pull.number, proof.pull.url)] : []),
    ...gates,
    ...(proof.problem === null ? [] : [whyNot(proof.problem)]),
    ...(proof.left.length === 0 && !proof.begun
      ? [l10n.t('Nothing was pushed.')]
      : proof.left.length === 0
        ? [l10n.t('The branch and the pull request were removed again.')]
        : [l10n.t('This could not be removed, please do it: {0}.', proof.left.join(', '))]),
  ];
  const result: Result =
    proof.problem !== null ? 'unknown' : failed ? 'wrong' : proof.left.length > 0 ? 'attention' : 'ok';
  return { id: 'proof', title: proofTitle(), result, lines };
}

/** The outcome as a document that a person can keep. */
export function documentOf(repository: string, sha: string | null, date: string, steps: readonly Step[]): string {
  const rows = steps.map(({ title, result }) => `| ${sign[result]} | ${title} | ${resultWord(result)} |`);
  const details = steps.map(
    ({ title, result, lines }) =>
      `## ${sign[result]} ${title}\n\n${lines.map((line) => `- ${asText(line)}`).join('\n')}\n`,
  );
  return [
    `# ${l10n.t('Verification of the pipeline of {0}', repository)}`,
    '',
    sha === null ? date : l10n.t('{0}, commit {1}', date, sha),
    '',
    l10n.t('As a whole: {0}.', resultWord(overall(steps))),
    '',
    `|   | ${l10n.t('Step')} | ${l10n.t('Result')} |`,
    '| - | - | - |',
    ...rows,
    '',
    details.join('\n'),
  ].join('\n');
}

/** Names of branches and rules must not become Markdown. */
const asText = (line: string): string => line.replace(/[\\`*_[\]<>|]/g, '\\$&');
