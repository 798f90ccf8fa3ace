// @ts-check
// Measures the production build and compares with what is aimed at.
// usage: node scripts/bench/run.mjs [NAME...]
import { readdirSync } from 'node:fs';
import { execa } from 'execa';
import { root } from '../root.mjs';

/**
 * One measured number. A measurement is a file NAME.bench.mjs of this folder with an exported function `measure`.
 * @typedef {{ what: string, value: number, unit: string, aim?: number, detail?: string }} Row
 */

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.mjs'));
const names = files.map((file) => file.replace('.bench.mjs', ''));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no measurement "${unknown.join('", "')}". Measurements: ${names.join(', ')}.`);
  process.exit(2);
}

await execa(process.execPath, ['scripts/build.mjs', '--production'], { cwd: root, stdin: 'ignore' });

/** @type {Row[]} */
const rows = [];
for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  console.error(`Measuring ${name}`);
  /** @type {{ measure: () => Promise<Row[]> }} */
  const { measure } = await import(`./${name}.bench.mjs`);
  rows.push(...(await measure()));
}

const table = rows.map(({ what, value, unit, aim, detail = '' }) => [
  what,
  `${round(value)} ${unit}`,
  aim === undefined ? '' : `${aim} ${unit}`,
  aim === undefined ? '' : `${aim === 0 ? '' : (value / aim).toFixed(2)}${value > aim ? ' over' : ''}`,
  detail,
]);
const lines = [['measured', 'value', 'aim', 'value / aim', ''], ...table];
const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
console.log(
  lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n'),
);

/** @param {number} value */
function round(value) {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
