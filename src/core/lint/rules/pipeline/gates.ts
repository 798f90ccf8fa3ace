import { cargoCommands, hasFlag } from '../../cargo/command';
import type { Job, Step } from '../../model/workflow';
import { commandsOf } from '../../shell/commands';
import { scalars } from '../../yaml/node';

/** Subcommands of cargo that judge the project, rather than make something. */
const judging = new Set('audit clippy deny fmt hack miri nextest semver-checks t test llvm-cov tarpaulin'.split(' '));
/** Programs that judge. */
const programs = new Set(['gitleaks', 'trivy', 'zizmor', 'actionlint']);

/** Whether a step is there to fail when something is wrong. */
export function isGate(step: Step): boolean {
  // What is turned into a report for code scanning decides nothing here.
  if (step.run !== undefined && /\bsarif\b|-sarif\b/.test(step.run.text)) return false;
  if (
    /trivy-action|gitleaks-action|cargo-deny-action|audit-check|zizmor-action|cargo-semver-checks-action/i.test(
      step.uses?.slug ?? '',
    )
  )
    return true;
  if (cargoCommands(step).some(({ subcommand, args }) => judging.has(subcommand.text) && !hasFlag(args, '--no-run')))
    return true;
  return step.run !== undefined && commandsOf(step.run).some(({ words }) => programs.has(words[0]?.text ?? ''));
}

/** Whether a job is tried on what may break: nightly, beta, or named so. */
export function isExperiment(job: Job | undefined): boolean {
  if (job === undefined) return false;
  if (/nightly|beta|experimental|canary|unstable|optional|allow-fail/i.test(`${job.id} ${job.name?.text ?? ''}`))
    return true;
  if (movesOnly(job)) return true;
  return job.steps.some(({ uses, run, with: inputs }) =>
    /nightly|beta/i.test(`${uses?.text ?? ''} ${run?.text ?? ''} ${inputs?.scalar('toolchain')?.text ?? ''}`),
  );
}

/** A row of the matrix chooses between toolchains that move, and no other. */
function movesOnly({ matrix }: Job): boolean {
  if (matrix?.kind !== 'map') return false;
  return matrix.entries.some(({ value }) => {
    const values = value.kind === 'seq' ? scalars(value) : [];
    return values.length > 0 && values.every(({ text }) => /^(?:nightly|beta)\b/.test(text));
  });
}

/** A job that only sums up others, by its id: what a branch rule requires. */
export function isGateJob(job: Job): boolean {
  return (
    job.needs.length > 0 &&
    /(?:^|[-_])gate$|^(?:ci-?(?:success|ok|pass(?:ed)?|done)|all-?(?:green|jobs|checks|tests?|ok|good)(?:-pass(?:ed)?)?|required(?:-checks)?|conclusion|bors|success)$/i.test(
      job.id,
    )
  );
}

/** Whether a job runs after others have failed. */
export function runsAlways(job: Job): boolean {
  return /\b(?:always|cancelled)\s*\(\s*\)/.test(job.if?.text ?? '');
}
