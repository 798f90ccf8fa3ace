// @ts-check
import { root } from '../root.mjs';
import { copySample } from '../sample.mjs';
import { startBrowser, startServer } from '../vscode/served.mjs';

const runs = 9;
/** So tall that the list of running extensions, the slowest first, is drawn to its end. */
const tall = { width: 1280, height: 4000 };

/** What VS Code itself reports as our activation time, each in a new extension host. @returns {Promise<import('./run.mjs').Row[]>} */
export async function measure() {
  const sample = await copySample();
  const server = await startServer({ edition: 'current' });
  const browser = await startBrowser();
  try {
    /** @type {number[]} */
    const times = [];
    for (let run = 0; run < runs; run++) {
      const page = await browser.newPage({ viewport: tall });
      await page.goto(server.url({ workspace: sample.folder, extension: root }));
      times.push(await activationTime(page));
      await page.close();
    }
    times.sort((a, b) => a - b);
    const detail = `median of ${runs}, ${times[0]} to ${times.at(-1)} ms`;
    return [{ what: 'activation', value: times[Math.floor(runs / 2)] ?? NaN, unit: 'ms', aim: 20, detail }];
  } finally {
    await browser.close();
    await server.stop();
    await sample.remove();
  }
}

/** @param {import('playwright-core').Page} page */
async function activationTime(page) {
  const item = page.locator('.activitybar li[role="tab"]:has(a[aria-label^="Rust CI"])');
  await item.waitFor();
  // VS Code's own extensions are still being loaded; ours would be measured waiting for them.
  await page.waitForTimeout(6000);
  await item.click();
  await page.waitForTimeout(2000);
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input[type="text"]').first().fill('>Developer: Show Running Extensions');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Show Running Extensions' }).first().click();
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'rust-ci-pipeline' });
  const text = await row.innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`VS Code names no activation time: ${text}`);
  return Number(milliseconds);
}
