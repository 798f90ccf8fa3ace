import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs every test of this folder inside the extension host; VS Code calls it.
 * Environment: TEST_GREP picks tests by name, TEST_RESULTS names the file that gets the results as JSON.
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const { ResultsReporter } = await import('../../scripts/test/results-reporter.mjs');
  const mocha = new Mocha({ reporter: ResultsReporter, timeout: 240_000, ...grep(process.env['TEST_GREP']) });
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

function grep(pattern: string | undefined): { grep?: string } {
  return pattern === undefined || pattern === '' ? {} : { grep: pattern };
}
