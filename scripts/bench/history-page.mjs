// @ts-check
// The panel's page outside VS Code: the built bundle in a headless browser, with an editor that answers from data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../root.mjs';
import { random } from './noise.mjs';

/** The core as the product has it. */
export async function loadHistory() {
  const contents = `
    export { Judge } from './src/core/history/judge.ts';
    export { pointOf } from './src/core/history/line.ts';
    export { pointsOfReport } from './src/core/history/points.ts';
    export { parseReport } from './src/core/gates/report.ts';
    export { byBenchmark } from './src/core/history/panel/benchmark.ts';
    export { overviewOf } from './src/core/history/panel/overview.ts';
    export { choicesOf, compared } from './src/core/history/panel/runs.ts';
    export { benchmarkOf } from './src/core/history/panel/series.ts';
    export { timelineOf } from './src/core/history/timeline.ts';`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  /** @type {typeof import('../../src/core/history/judge.ts') & typeof import('../../src/core/history/line.ts') & typeof import('../../src/core/history/points.ts') & typeof import('../../src/core/gates/report.ts') & typeof import('../../src/core/history/panel/benchmark.ts') & typeof import('../../src/core/history/panel/overview.ts') & typeof import('../../src/core/history/panel/runs.ts') & typeof import('../../src/core/history/panel/series.ts') & typeof import('../../src/core/history/timeline.ts')} */
  const core = await import(`data:text/javascript;base64,${code}`);
  return core;
}

/**
 * Runs of benchmarks of a crate over years: quiet and noisy ones, some with a slowdown or a speed-up.
 * @param {Awaited<ReturnType<typeof loadHistory>>} core @param {number} benchmarks @param {number} runs
 */
export function generate({ pointOf }, benchmarks, runs) {
  const source = random(7);
  const names = ['parse', 'print', 'sort', 'hash', 'lookup', 'encode', 'decode', 'merge'];
  const kinds = Array.from({ length: benchmarks }, (_, index) => ({
    benchmark: `${names[index % names.length]}/${['small', 'medium', 'large'][index % 3]}/${16 + 8 * index}`,
    package: index % 3 === 0 ? 'tally-core' : 'tally',
    level: 10 ** (2 + 5 * source.uniform()),
    noise: index % 5 === 2 ? 0.12 : 0.004 + 0.01 * source.uniform(),
    step: index % 23 === 5 ? 1.08 : index % 31 === 7 ? 0.9 : index === 3 ? 1.061 : 1,
    at: Math.floor(runs * (index === 3 ? 0.97 : 0.5 + 0.45 * source.uniform())),
  }));
  const first = Date.UTC(2024, 0, 6, 3, 43);
  const points = [];
  for (let run = 0; run < runs; run++) {
    const commit = Math.imul(run + 1, 2654435761)
      .toString(16)
      .padStart(40, '0f1e2d3c')
      .slice(-40)
      .replace('-', 'a');
    for (const kind of kinds) {
      const machine = run === 100 ? 1.4 : 1;
      const level = kind.level * (run >= kind.at ? kind.step : 1) * Math.exp(kind.noise * source.normal()) * machine;
      const times = Array.from({ length: 20 }, () => level * (1 + 0.03 * source.uniform()));
      const point = pointOf({
        benchmark: kind.benchmark,
        package: kind.package,
        commit,
        run: 9_000_000_000 + run * 1000,
        branch: 'main',
        runner: run % 61 === 60 ? 'Linux Intel Xeon 8370C, 4 cores' : 'Linux AMD EPYC 7763 64-Core Processor, 4 cores',
        toolchain: 'rustc 1.90.0 (1159e78c4 2025-09-14)',
        at: new Date(first + run * 1.9 * 86_400_000).toISOString(),
        iters: times.map(() => 1),
        times,
      });
      if (point) points.push(point);
    }
  }
  return points;
}

/**
 * Opens the panel's page with an editor that answers from `answers`.
 * @param {import('playwright-core').Browser} browser
 * @param {{ width: number, height: number, theme?: string, css?: string }} look
 */
export async function openPage(browser, { width, height, theme = 'vscode-dark', css = dark }) {
  const page = await browser.newPage({ viewport: { width, height } });
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const policy = "default-src 'none'; style-src http://panel.test; script-src 'nonce-n'";
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/history.css"></head>
<body class="${theme}"><script nonce="n" src="/editor.js"></script><script nonce="n" src="/history.js"></script></body></html>`;
  /** @type {Record<string, [string, string]>} */
  const files = {
    '/': ['text/html', html],
    '/theme.css': ['text/css', css],
    '/history.css': ['text/css', readFileSync(join(root, 'media/history.css'), 'utf8')],
    '/history.js': ['text/javascript', readFileSync(join(root, 'dist/webview/history.js'), 'utf8')],
    '/editor.js': ['text/javascript', editor],
  };
  await page.route('http://panel.test/**', (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
    return route.fulfill({ contentType, body });
  });
  await page.goto('http://panel.test/');
  return { page, complaints };
}

/** What a theme sets, as far as the panel needs it. */
const dark = `:root { --vscode-foreground: #ccc; --vscode-descriptionForeground: #9d9d9d; --vscode-editor-background: #1f1f1f;
  --vscode-font-family: system-ui, sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace;
  --vscode-focusBorder: #0078d4; --vscode-textLink-foreground: #4daafc; --vscode-charts-blue: #3794ff;
  --vscode-charts-red: #f14c4c; --vscode-charts-green: #89d185; --vscode-charts-orange: #d18616;
  --vscode-panel-border: #2b2b2b; --vscode-button-secondaryBackground: #313131; --vscode-button-secondaryForeground: #ccc;
  --vscode-dropdown-background: #313131; --vscode-dropdown-foreground: #ccc; --vscode-input-background: #313131;
  --vscode-input-foreground: #ccc; --vscode-list-inactiveSelectionBackground: #37373d; --vscode-list-hoverBackground: #2a2d2e;
  --vscode-editorIndentGuide-background1: #404040; }`;

/** The editor's side: typed arrays come as `{ columns: type, data }`, since the driver speaks JSON. */
const editor = `
let state;
window.sent = [];
window.answers = {};
const revive = (value) => {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if (value.columns === 'Float64Array') return Float64Array.from(value.data, (item) => item ?? NaN);
  if (value.columns === 'Uint8Array') return Uint8Array.from(value.data);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(item)]));
};
window.deliver = (text) => { window.revived = revive(JSON.parse(text)); };
window.acquireVsCodeApi = () => ({
  postMessage: (message) => {
    window.sent.push(message);
    const answer = window.answers[message.type + ' ' + (message.key ?? '')];
    if (answer) setTimeout(() => window.postMessage(answer, '*'));
  },
  getState: () => state,
  setState: (next) => { state = next; return next; },
});`;

/** A message as JSON that keeps typed arrays apart. @param {unknown} message */
export function packed(message) {
  return JSON.stringify(message, (_key, value) =>
    value instanceof Float64Array || value instanceof Uint8Array
      ? { columns: value.constructor.name, data: [...value] }
      : value,
  );
}

/** @param {import('playwright-core').Page} page @param {unknown} message @param {string} [answering] a request, `TYPE KEY` */
export async function deliver(page, message, answering) {
  await page.evaluate(
    ([text, request]) => {
      const window = /** @type {any} */ (globalThis);
      window.deliver(text);
      if (request === null) window.postMessage(window.revived, '*');
      else window.answers[request] = window.revived;
    },
    /** @type {[string, string | null]} */ ([packed(message), answering ?? null]),
  );
}
