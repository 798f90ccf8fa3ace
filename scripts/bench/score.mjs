// @ts-check
// Plays histories through the judge and counts what it says.
import { build } from 'esbuild';
import { root } from '../root.mjs';

/**
 * @typedef {import('./noise.mjs').Run} Run
 * @typedef {{ suspect: number, confirmed: number, changedRuns: number }} Alarms shares of judged runs, in per cent
 * @typedef {{ within: (runs: number) => number, exact: number, near: number }} Power shares of histories, in per cent
 */

/** The judge as the product has it. */
export async function loadJudge() {
  const contents = `
    export { Judge } from './src/core/history/judge.ts';
    export { measure } from './src/core/history/measurement.ts';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.env['SCORE_ROOT'] ?? root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return /** @type {typeof import('../../src/core/history/judge.ts') & typeof import('../../src/core/history/measurement.ts')} */ (
    await import(`data:text/javascript;base64,${code}`)
  );
}

/** @param {Awaited<ReturnType<typeof loadJudge>>} core */
export function scorer({ Judge, measure }) {
  /** @param {readonly Run[]} runs @param {boolean} [samples] whether the judge sees the samples, or only their estimates */
  function findings(runs, samples = true) {
    const judge = new Judge();
    return runs.map((times, run) => {
      const measurement = samples ? measure({ iters: times.map(() => 1), times }, undefined) : estimated(times);
      if (!measurement) throw new Error('A generated run has no usable samples.');
      const where = { branch: undefined, runner: 'bench', toolchain: 'bench', package: undefined, at: undefined };
      const point = {
        benchmark: 'bench',
        commit: `${run}`,
        run,
        attempt: 1,
        unit: 'ns',
        throughput: undefined,
        measurement,
      };
      return judge.judge({ ...where, ...point }).finding;
    });
  }

  /** @param {Run} times */
  function estimated(times) {
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (times.length - 1));
    return measure(undefined, { mean: { point: mean }, stdDev: { point: deviation } });
  }

  /**
   * What is said of runs of the same code.
   * @param {readonly (readonly Run[])[]} histories @param {boolean} [samples] @returns {Alarms}
   */
  function alarms(histories, samples) {
    const count = { judged: 0, suspect: 0, confirmed: 0, changedRuns: 0 };
    for (const finding of histories.flatMap((runs) => findings(runs, samples))) {
      if (finding.verdict === 'collecting') continue;
      count.judged++;
      if (finding.verdict === 'suspect') count.suspect++;
      if (finding.verdict !== 'regression' && finding.verdict !== 'improvement') continue;
      count.changedRuns++;
      if (finding.news) count.confirmed++;
    }
    const share = (/** @type {number} */ part) => (100 * part) / count.judged;
    return { suspect: share(count.suspect), confirmed: share(count.confirmed), changedRuns: share(count.changedRuns) };
  }

  /**
   * How soon a slowdown is confirmed, and whether its first run is named. Histories with an alarm before it are left out.
   * @param {readonly { before: readonly Run[], after: readonly Run[] }[]} histories @param {boolean} [samples] @returns {Power}
   */
  function power(histories, samples) {
    /** @type {number[]} */
    const delays = [];
    /** @type {number[]} */
    const misses = [];
    for (const { before, after } of histories) {
      const all = findings([...before, ...after], samples);
      const last = all[before.length - 1];
      if (last?.verdict === 'regression' || last?.verdict === 'improvement') continue;
      const found = all.findIndex(({ verdict }, index) => index >= before.length && verdict === 'regression');
      delays.push(found < 0 ? Infinity : found - before.length + 1);
      const finding = all[found];
      if (finding && 'since' in finding) misses.push(Math.abs(Number(finding.since.run) - before.length));
    }
    const share = (/** @type {number[]} */ values, /** @type {number} */ most) =>
      (100 * values.filter((value) => value <= most).length) / values.length;
    return { within: (runs) => share(delays, runs), exact: share(misses, 0), near: share(misses, 1) };
  }

  /** The resolvable change that is stated after the last run. @param {readonly Run[]} runs @param {boolean} [samples] */
  function resolvable(runs, samples) {
    const last = findings(runs, samples).at(-1);
    return last && 'resolvable' in last ? last.resolvable : undefined;
  }

  return { alarms, power, resolvable };
}
