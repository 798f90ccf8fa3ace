// @ts-check
// Builds, runs layers of tests and ends with the sum of what passed and failed.
// usage: node scripts/test/run.mjs [--grep TEXT] LAYER...
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { root } from '../root.mjs';
import { layers } from './layers.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
const unknown = positionals.filter((name) => !(name in layers));
if (positionals.length === 0 || unknown.length > 0) {
  const wrong = unknown.length > 0 ? `There is no layer "${unknown.join('", "')}". ` : '';
  console.error(`${wrong}Layers: ${Object.keys(layers).join(', ')}.`);
  process.exit(2);
}

const sum = { passed: 0, failed: 0 };
/** @type {string[]} */
const table = [];
/** What failed, once more at the end, where one looks. @type {string[]} */
const failures = [];

const build = await execa(process.execPath, ['scripts/build.mjs', '--production', '--tests'], {
  cwd: root,
  stdin: 'ignore',
  all: true,
  reject: false,
});
if (build.exitCode === 0) {
  for (const name of positionals) await runLayer(name);
} else {
  console.error(build.all);
  sum.failed++;
  table.push('build             failed');
}

/** @param {string} name */
async function runLayer(name) {
  console.log(`\n=== ${name}`);
  const start = performance.now();
  const result = await layers[name]?.({ grep: values.grep });
  const label = name.padEnd(16);
  if (result === undefined) {
    table.push(`${label}  no tests yet`);
    return;
  }
  sum.passed += result.passed;
  sum.failed += result.failed;
  failures.push(...result.failures.map((failure) => `FAILED ${name}: ${failure}`));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  const error = result.error === undefined ? '' : ` (${result.error})`;
  table.push(`${label}  ${result.passed} passed, ${result.failed} failed${skipped} in ${seconds} s${error}`);
}

if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
console.log(`\n${table.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
