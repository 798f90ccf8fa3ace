import * as v from 'valibot';
import type { JudgedPoint } from './judge.js';
import { originText, reasonOf } from './words.js';

/** A verdict as it is told outside the editor: what is confirmed says so. */
const names = {
  collecting: 'collecting',
  stable: 'stable',
  suspect: 'suspect',
  regression: 'confirmed regression',
  improvement: 'confirmed improvement',
  recovered: 'recovered',
} as const satisfies Record<JudgedPoint['finding']['verdict'], string>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.nullable(v.string());
const number = v.nullable(v.number());

const verdictSchema = v.object({
  benchmark: v.string(),
  package: text,
  run: v.union([v.string(), v.number()]),
  attempt: v.number(),
  commit: text,
  branch: text,
  runner: text,
  toolchain: text,
  value: v.pipe(
    v.number(),
    v.description('What is judged, for one iteration: the fastest twentieth of the samples, or the mean of estimates.'),
  ),
  typical: v.pipe(v.number(), v.description('What Criterion prints for it: the slope or the mean.')),
  unit: v.string(),
  verdict: v.picklist(Object.values(names)),
  change: v.pipe(
    number,
    v.description('Against the accepted history, as a fraction: 0.05 is 5 % slower. Null while collecting.'),
  ),
  deviations: v.pipe(number, v.description('The change in robust deviations of the history.')),
  resolvable: v.pipe(
    number,
    v.description(
      'The smallest slowdown that three runs confirm, as a fraction. Null where the history is too short for it.',
    ),
  ),
  since: v.optional(
    v.pipe(v.string(), v.description('Where the change began: the commit, or the run where the commit is unknown.')),
  ),
  reason: v.string(),
  history: v.pipe(count, v.description('How many runs the history holds that this one was compared with.')),
});
/** What is said of one run of one benchmark. */
export type Verdict = v.InferOutput<typeof verdictSchema>;

/** What `rust-ci benchmarks --json` prints, in run order (**contract**). */
export const verdictsSchema = v.array(verdictSchema);

export function verdictName({ finding }: JudgedPoint): Verdict['verdict'] {
  return names[finding.verdict];
}

export function verdictOf(judged: JudgedPoint): Verdict {
  const { point, finding } = judged;
  const known = finding.verdict === 'collecting' ? undefined : finding;
  return {
    benchmark: point.benchmark,
    package: point.package ?? null,
    run: point.run,
    attempt: point.attempt,
    commit: point.commit ?? null,
    branch: point.branch ?? null,
    runner: point.runner ?? null,
    toolchain: point.toolchain ?? null,
    value: point.measurement.value,
    typical: point.measurement.typical,
    unit: point.unit,
    verdict: verdictName(judged),
    change: known?.change ?? null,
    deviations: known?.deviations ?? null,
    resolvable: known?.resolvable ?? null,
    ...('since' in finding && { since: finding.since.commit ?? originText(finding.since) }),
    reason: reasonOf(judged),
    history: finding.verdict === 'collecting' ? finding.known - 1 : finding.history,
  };
}
