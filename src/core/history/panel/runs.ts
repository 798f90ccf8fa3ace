import { compareRuns } from '../compare.js';
import type { Point } from '../line.js';
import { originText } from '../words.js';
import { isLocal, localRunner, runsOf, withPackages, type RunOfBenchmarks } from './benchmark.js';
import type { Compared, RunChoice } from './messages.js';

/** Runs that may be compared with each other: what was measured here, baselines by name, and the history's. */
export function choicesOf(
  points: readonly Point[],
  baselines: ReadonlyMap<string, readonly Point[]>,
): (RunOfBenchmarks & RunChoice)[] {
  const runs = runsOf(points);
  const here = runs
    .filter(({ id }) => id === localRunner)
    .map((run) => ({ ...run, label: 'Working copy, on this computer' }));
  const saved = [...baselines]
    .filter(([, all]) => all.length > 0)
    .map(([name, all]) => ({
      id: `baseline ${name}`,
      label:
        name === 'base' ? 'Before the working copy, on this computer' : `Saved baseline "${name}", on this computer`,
      // They are measured like the working copy, whatever branch was checked out then.
      points: withPackages([...points, ...all]).slice(points.length),
    }));
  const elsewhere = runs.filter(({ id }) => id !== localRunner).map((run) => ({ ...run, label: labelOf(run) }));
  return [...here, ...saved, ...elsewhere];
}

function labelOf({ points }: RunOfBenchmarks): string {
  const [point] = points;
  if (!point) return '';
  const day = point.at?.slice(0, 16).replace('T', ' ');
  return [originText(point), day, point.branch, point.runner].filter(Boolean).join(' · ');
}

/** The run to compare the working copy with: the default branch measured here, or else its newest run elsewhere. */
export function counterpart(
  choices: readonly (RunOfBenchmarks & RunChoice)[],
  branch: string | undefined,
): string | undefined {
  const saved = choices.find(({ id }) => id === `baseline ${branch ?? 'main'}`);
  const onBranch = choices.find(({ points }) => points.some((point) => !isLocal(point) && point.branch === branch));
  const before = choices.find(({ id }) => id === 'baseline base');
  return (saved ?? onBranch ?? before)?.id;
}

/** Any two runs, benchmark by benchmark; undefined where one of them is not there. */
export function compared(
  choices: readonly (RunOfBenchmarks & RunChoice)[],
  from: string,
  to: string,
): Compared[] | undefined {
  const [before, after] = [from, to].map((id) => choices.find((choice) => choice.id === id)?.points);
  if (!before || !after) return undefined;
  return compareRuns(before, after).map((comparison) => ({
    benchmark: comparison.benchmark,
    package: comparison.package ?? null,
    unit: (comparison.to ?? comparison.from)?.unit ?? 'ns',
    from: comparison.from?.measurement.value ?? null,
    to: comparison.to?.measurement.value ?? null,
    change: comparison.change ?? null,
    obstacle: comparison.obstacle ?? null,
  }));
}
