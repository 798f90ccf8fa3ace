// @ts-check
import { startBrowser } from '../vscode/served.mjs';
import { deliver, generate, loadHistory, openPage } from './history-page.mjs';

const benchmarks = 200;
const runs = 500;

/**
 * The history panel with 200 benchmarks of 500 runs each, and an artifact of 1,500 benchmarks.
 * @returns {Promise<import('./run.mjs').Row[]>}
 */
export async function measure() {
  const core = await loadHistory();
  const points = generate(core, benchmarks, runs);
  const judge = new core.Judge();
  const judging = performance.now();
  const judged = points.map((point) => ({ point, judged: judge.judge(point) }));
  const rows = [row('history, 100,000 runs are judged in (in slices of 10 ms)', performance.now() - judging, 'ms')];
  const overview = timed(() => core.overviewOf(judged, 'main'));
  rows.push(row('history, the overview is made in', overview.time, 'ms'));
  const message = {
    type: 'overview',
    rows: overview.value,
    complete: true,
    runs: core.choicesOf(points, new Map()).map(({ id, label }) => ({ id, label })),
    repository: null,
  };
  const [top] = overview.value;
  const all = top && core.byBenchmark(judged, ({ point }) => point).get(top.key);
  if (!top || !all) throw new Error('There is no benchmark to show.');
  const large = timed(() => core.benchmarkOf(top.key, all, 'main'));
  rows.push(row('history, one benchmark of 500 runs is made in', large.time, 'ms'));
  return [
    ...rows,
    ...(await inBrowser(message, { type: 'benchmark', benchmark: large.value }, top.key)),
    artifact(core),
  ];
}

/** @param {unknown} overview @param {unknown} benchmark @param {string} key @returns {Promise<import('./run.mjs').Row[]>} */
async function inBrowser(overview, benchmark, key) {
  const browser = await startBrowser();
  try {
    const { page, complaints } = await openPage(browser, { width: 1400, height: 900 });
    await deliver(page, benchmark, `select ${key}`);
    // Everything lies in the page before the clock starts; it stops when the chart has been painted.
    await deliver(page, overview, 'overview');
    /** @type {number[]} */
    const paints = [];
    for (let run = 0; run < 5; run++) {
      paints.push(
        await page.evaluate(
          () =>
            new Promise((resolve) => {
              const window = /** @type {any} */ (globalThis);
              const { document } = window;
              document.querySelector('.chart')?.replaceChildren();
              document.querySelector('.rows')?.replaceChildren();
              const start = performance.now();
              window.postMessage(window.answers['overview'], '*');
              const look = () => {
                const drawn = document.querySelector('.row') && document.querySelector('.chart .line');
                window.requestAnimationFrame(drawn ? () => resolve(performance.now() - start) : look);
              };
              look();
            }),
        ),
      );
    }
    paints.sort((a, b) => a - b);
    const rows = [
      row(
        'history, first useful paint',
        paints[4] ?? NaN,
        'ms',
        300,
        `the slowest of 5; median ${Math.round(paints[2] ?? NaN)} ms`,
      ),
    ];
    const plot = page.locator('.plot');
    const box = await plot.boundingBox();
    if (!box) throw new Error('The chart is not there.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const frames = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const window = /** @type {any} */ (globalThis);
          const plot = window.document.querySelector('.plot');
          const { left, top, width } = plot.getBoundingClientRect();
          const times = /** @type {number[]} */ ([]);
          let last = performance.now();
          let count = 0;
          const step = () => {
            const now = performance.now();
            times.push(now - last);
            last = now;
            if (count++ > 120) {
              resolve(times.slice(2));
              return;
            }
            const at = { clientX: left + width / 2, clientY: top + 50, ctrlKey: true, bubbles: true, cancelable: true };
            plot.dispatchEvent(new window.WheelEvent('wheel', { ...at, deltaY: count < 60 ? -15 : 15 }));
            window.requestAnimationFrame(step);
          };
          window.requestAnimationFrame(step);
        }),
    );
    const sorted = /** @type {number[]} */ (frames).sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1] ?? NaN;
    const worst = sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
    rows.push(
      row(
        'history, a frame while zooming',
        median,
        'ms',
        17,
        `95 % below ${worst.toFixed(0)} ms; the empty frame takes 16.7 ms`,
      ),
    );
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    rows.push(row('history, heap of the webview', usedSize / 1e6, 'MB', 50));
    if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('; ')}`);
    return rows;
  } finally {
    await browser.close();
  }
}

/** @param {Awaited<ReturnType<typeof loadHistory>>} core */
function artifact(core) {
  const samples = Array.from({ length: 100 }, (_, index) => index + 1);
  const estimate = {
    confidence_interval: { confidence_level: 0.95, lower_bound: 990, upper_bound: 1010 },
    point_estimate: 1000,
    standard_error: 5,
  };
  const text = JSON.stringify({
    schema: 1,
    workflow: 'benchmarks',
    repository: 'octo/tally',
    commit: 'a'.repeat(40),
    ref: 'refs/heads/main',
    event: 'schedule',
    run: { id: 1, number: 1, attempt: 1 },
    created: '2026-01-01T00:00:00Z',
    gates: [],
    machine: { runner: 'Linux', toolchain: 'rustc 1.90.0' },
    benchmarks: Array.from({ length: 1500 }, (_, index) => ({
      benchmark: `group/${index}`,
      root: '.',
      package: 'tally',
      bench: 'speed',
      unit: 'ns',
      throughput: null,
      iters: samples,
      times: samples.map((count) => count * 1000 + (index % 7)),
      estimates: { mean: estimate, median: estimate, median_abs_dev: estimate, slope: estimate, std_dev: estimate },
    })),
  });
  const times = Array.from({ length: 5 }, () => {
    const { time, value } = timed(() => core.pointsOfReport(core.parseReport(text)));
    if (value.length !== 1500) throw new Error(`Of 1,500 benchmarks ${value.length} were read.`);
    return time;
  }).sort((a, b) => a - b);
  const detail = `median of 5; ${(text.length / 1e6).toFixed(1)} MB`;
  return row('history, an artifact of 1,500 benchmarks is read in', times[2] ?? NaN, 'ms', 200, detail);
}

/** @template T @param {() => T} work */
function timed(work) {
  const start = performance.now();
  const value = work();
  return { value, time: performance.now() - start };
}

/** @param {string} what @param {number} value @param {string} unit @param {number} [aim] @param {string} [detail] @returns {import('./run.mjs').Row} */
function row(what, value, unit, aim, detail) {
  return { what, value, unit, ...(aim === undefined ? {} : { aim }), ...(detail === undefined ? {} : { detail }) };
}
