import * as v from 'valibot';
import { readJson } from './json.js';
import type { Point } from './line.js';

/** Where accepted changes lie in the user's repository (**contract**). */
export const baselinesPath = '.github/rust-ci-baselines.json';

const text = v.pipe(v.string(), v.minLength(1));

/** One accepted change. It holds for every runner class and toolchain that it does not name otherwise. */
const acceptedSchema = v.object({
  benchmark: v.pipe(text, v.description('Criterion’s full_id')),
  run: v.pipe(
    v.optional(v.union([v.number(), text])),
    v.description('the first run at the new level; runs from this number on belong to it'),
  ),
  commit: v.pipe(
    v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}$/i, 'must be a commit SHA of at least 7 digits'))),
    v.description('the commit of that run; decides where "run" is missing'),
  ),
  runner: v.optional(v.string()),
  toolchain: v.optional(v.string()),
  reason: v.pipe(v.optional(v.string()), v.description('why the change is fine, for people')),
  by: v.optional(v.string()),
  at: v.optional(v.string()),
});
export type AcceptedChange = v.InferOutput<typeof acceptedSchema>;

/**
 * `.github/rust-ci-baselines.json` (**contract**, published as schema/rust-ci-baselines.schema.json): the changes of
 * benchmarks that the maintainers accepted as the new normal.
 */
export const baselinesSchema = v.pipe(
  v.object({
    schema: v.literal(1),
    accepted: v.array(
      v.pipe(
        acceptedSchema,
        v.check(({ run, commit }) => run !== undefined || commit !== undefined, 'needs "run" or "commit"'),
      ),
    ),
  }),
  v.title('Accepted changes of benchmarks'),
);

/** @throws InputError with the place of what is wrong */
export function readBaselines(file: string, source: string): AcceptedChange[] {
  return readJson(file, source, baselinesSchema, { advice: 'Correct the file, or restore it from git.' }).accepted;
}

/** The text of the file, with one more accepted change; a change of the same benchmark and run is replaced. */
export function withAccepted(accepted: readonly AcceptedChange[], change: AcceptedChange): string {
  const same = (other: AcceptedChange) =>
    other.benchmark === change.benchmark &&
    other.run === change.run &&
    other.commit === change.commit &&
    other.runner === change.runner &&
    other.toolchain === change.toolchain;
  const all = [...accepted.filter((other) => !same(other)), change];
  return `${JSON.stringify({ schema: 1, accepted: all }, null, 2)}\n`;
}

/** Whether a change was accepted for the series that a point belongs to. */
export function concerns(change: AcceptedChange, point: Point): boolean {
  return (
    change.benchmark === point.benchmark &&
    (change.runner === undefined || change.runner === point.runner) &&
    (change.toolchain === undefined || change.toolchain === point.toolchain)
  );
}

/** Whether a run is the first of an accepted change, or comes after it. */
export function hasBegun(change: AcceptedChange, point: Point): boolean {
  if (change.run === undefined) return startsWith(point.commit, change.commit);
  const [accepted, run] = [Number(change.run), Number(point.run)];
  return Number.isNaN(accepted) || Number.isNaN(run) ? change.run === point.run : run >= accepted;
}

function startsWith(commit: string | undefined, start: string | undefined): boolean {
  return commit !== undefined && start !== undefined && commit.toLowerCase().startsWith(start.toLowerCase());
}
