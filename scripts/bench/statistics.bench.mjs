// @ts-check
import { measured, random, resampled, slower, synthetic } from './noise.mjs';
import { loadJudge, scorer } from './score.mjs';

const length = 60;
const histories = 200;

/**
 * False alarms on identical code, and how often and how soon slowdowns are found, on noise that was measured and on
 * generated noise. All of it is the same in every run.
 * @returns {Promise<import('./run.mjs').Row[]>}
 */
export async function measure() {
  const score = scorer(await loadJudge());
  return [...benchmarks.flatMap((name) => onMeasured(score, name)), ...onGenerated(score), ...(await speed())];
}

const benchmarks = /** @type {const} */ (['mix', 'sort']);
const changes = /** @type {const} */ ([
  ['plus3', '+3 %'],
  ['plus5', '+5 %'],
  ['plus10', '+10 %'],
]);

/** @param {ReturnType<typeof scorer>} score @param {string} name @returns {import('./run.mjs').Row[]} */
function onMeasured(score, name) {
  const identical = pool(name, 'identical');
  const rows = [];
  const real = score.alarms([identical]);
  rows.push(alarmRow(`${name}: identical code, as measured`, real));
  for (const block of [2, 5]) {
    const source = random(31 + block);
    const runs = Array.from({ length: histories }, () => resampled(identical, length, block, source));
    rows.push(alarmRow(`${name}: identical code, resampled in blocks of ${block}`, score.alarms(runs)));
    rows.push(alarmRow(`${name}: the same, estimates only`, score.alarms(runs, false)));
  }
  for (const [code, change] of changes) {
    const after = pool(name, code);
    const measuredPower = score.power([{ before: identical, after }]);
    rows.push(powerRow(`${name}: ${change}, as measured`, measuredPower, code === 'plus5' && name === 'mix'));
    const source = random(71);
    const generated = Array.from({ length: histories }, () => ({
      before: resampled(identical, 40, 5, source),
      after: resampled(after, 20, 3, source),
    }));
    rows.push(powerRow(`${name}: ${change}, resampled`, score.power(generated), false));
  }
  const resolvable = score.resolvable(identical) ?? NaN;
  rows.push({ what: `${name}: says that it resolves in three runs`, value: 100 * resolvable, unit: '%' });
  rows.push(honestyRow(score, name));
  return rows;
}

/** Whether changes of the size that is called resolvable are confirmed in three runs. @param {ReturnType<typeof scorer>} score @param {string} name @returns {import('./run.mjs').Row} */
function honestyRow(score, name) {
  const source = random(91);
  const identical = pool(name, 'identical');
  const generated = Array.from({ length: histories }, () => {
    const runs = resampled(identical, 46, 5, source);
    const before = runs.slice(0, 40);
    return { before, after: slower(runs.slice(40), 1 + (score.resolvable(before) ?? 0)) };
  });
  return powerRow(`${name}: a change of just the size that it says`, score.power(generated), false);
}

/** @param {ReturnType<typeof scorer>} score @returns {import('./run.mjs').Row[]} */
function onGenerated(score) {
  return Object.entries(synthetic).flatMap(([kind, generate]) => {
    const source = random(41);
    const unchanged = Array.from({ length: histories }, () => generate(length, source));
    const changed = (/** @type {number} */ factor) =>
      score.power(
        Array.from({ length: histories / 2 }, () => {
          const runs = generate(50, source);
          return { before: runs.slice(0, 30), after: slower(runs.slice(30), factor) };
        }),
      );
    return [
      alarmRow(kind, score.alarms(unchanged)),
      powerRow(`${kind}: +5 %`, changed(1.05), false),
      powerRow(`${kind}: +10 %`, changed(1.1), false),
    ];
  });
}

/** How much of a processor 100,000 runs take, without reading them. @returns {Promise<import('./run.mjs').Row[]>} */
async function speed() {
  const { Judge, measure: measureRun } = await loadJudge();
  const source = random(1);
  const generate = synthetic['normal, 1 %'];
  if (!generate) throw new Error('There is no noise to measure the speed with.');
  const measurements = generate(500, source).map((times) =>
    measureRun({ iters: times.map(() => 1), times }, undefined),
  );
  const judge = new Judge();
  const start = process.cpuUsage();
  measurements.forEach((measurement, run) => {
    if (!measurement) throw new Error('A generated run has no usable samples.');
    for (let benchmark = 0; benchmark < 200; benchmark++) {
      const nothing = { package: undefined, branch: undefined, runner: undefined, toolchain: undefined, at: undefined };
      const point = { benchmark: `b${benchmark}`, commit: 'c', run, attempt: 1, unit: 'ns', throughput: undefined };
      judge.judge({ ...nothing, ...point, measurement });
    }
  });
  const { user, system } = process.cpuUsage(start);
  const value = (user + system) / 1e6;
  return [
    { what: '100,000 runs of 200 benchmarks are judged in', value, unit: 's', aim: 5, detail: 'time of one processor' },
  ];
}

/** @param {string} name @param {string} code */
function pool(name, code) {
  const runs = measured.get(`${name} ${code}`);
  if (!runs) throw new Error(`There are no measured runs of ${name} ${code}.`);
  return runs;
}

/** @param {string} what @param {import('./score.mjs').Alarms} alarms @returns {import('./run.mjs').Row} */
function alarmRow(what, { confirmed, suspect, changedRuns }) {
  const detail = `suspect ${suspect.toFixed(2)} %, runs called changed ${changedRuns.toFixed(2)} %`;
  return { what: `${what}: confirmed alarms`, value: confirmed, unit: '% of runs', aim: 1, detail };
}

/** @param {string} what @param {import('./score.mjs').Power} power @param {boolean} aimed @returns {import('./run.mjs').Row} */
function powerRow(what, { within, exact, near }, aimed) {
  const shares = [2, 3, 5, 8, 12].map((runs) => `${within(runs).toFixed(0)} % in ${runs}`).join(', ');
  const commit = `commit exact ${exact.toFixed(0)} %, next to it ${near.toFixed(0)} %`;
  const missed = 100 - within(3);
  return {
    what: `${what}: missed after 3 runs`,
    value: missed,
    unit: '%',
    detail: `found ${shares}; ${commit}`,
    ...(aimed && { aim: 0 }),
  };
}
