// @ts-check
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/** Mocha's own `spec` output, and as JSON in the file that TEST_RESULTS names: the counts, and each failure in a line. */
export class ResultsReporter extends Mocha.reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {{ passed: number, failed: number, skipped: number, failures: string[] }} */
    const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
    runner.on(EVENT_TEST_PASS, () => counts.passed++);
    runner.on(EVENT_TEST_FAIL, (test, /** @type {Error} */ error) => {
      counts.failed++;
      counts.failures.push(`${test.fullTitle()}: ${error.message.split('\n', 1)[0]}`);
    });
    runner.on(EVENT_TEST_PENDING, () => counts.skipped++);
    runner.once(EVENT_RUN_END, () => {
      const file = process.env['TEST_RESULTS'];
      if (file) writeFileSync(file, JSON.stringify(counts));
    });
  }
}

export default ResultsReporter;
