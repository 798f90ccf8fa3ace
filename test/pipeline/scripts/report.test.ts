import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReport, type Report } from '../../../src/core/gates/report.js';
import { folderWith, runScript, type ScriptResult } from './script.js';

interface Need {
  result: string;
  outputs?: Record<string, string>;
}

/** What a gate job does with the jobs before it and the parts that they left. */
async function judge(
  needs: Record<string, Need>,
  parts: readonly object[] = [],
  workflow = 'test',
): Promise<{ report: Report; result: ScriptResult; message: string | undefined }> {
  const files = Object.fromEntries(parts.map((part, index) => [`parts/${index}.json`, JSON.stringify(part)]));
  const folder = await folderWith(files);
  const env = { NEEDS: JSON.stringify(needs), PARTS: join(folder, 'parts') };
  const result = await runScript('report.sh', [workflow], folder, env);
  const report = parseReport(await readFile(join(folder, 'rust-ci-report.json'), 'utf8'));
  const { outputs } = await runScript('message.sh', [], folder);
  return { report, result, message: outputs['payload'] };
}

const good: Need = { result: 'success' };

describe('report.sh', function () {
  this.timeout(60_000);

  it('passes when every gate passed', async () => {
    const { report, result } = await judge({ detect: good, fmt: good });
    assert.deepEqual(report.gates, [
      { id: 'fmt', state: 'pass', value: null, threshold: null, unit: null, reason: null },
    ]);
    assert(result.succeeded);
    assert.match(result.summary, /\| fmt \| passed \|/);
  });

  it('believes a skipped gate only with a reason', async () => {
    const skipped = { result: 'skipped' };
    const { report, result } = await judge({
      detect: { ...good, outputs: { skipped: '{"msrv":"No package sets rust-version."}' } },
      fmt: good,
      msrv: skipped,
      docs: skipped,
    });
    assert.deepEqual(
      report.gates.map(({ state, reason }) => [state, reason]),
      [
        ['pass', null],
        ['skipped', 'No package sets rust-version.'],
        ['fail', 'It did not run although there was something to check.'],
      ],
    );
    assert.equal(result.succeeded, false);
  });

  it('fails when a gate failed, was cancelled, or nothing could be found out', async () => {
    for (const needs of [
      { detect: good, fmt: { result: 'failure' } },
      { detect: good, fmt: { result: 'cancelled' } },
      { detect: { result: 'failure' }, fmt: { result: 'skipped' } },
      { plan: { result: 'failure' }, build: { result: 'skipped' } },
    ]) {
      assert.equal((await judge(needs)).result.succeeded, false, JSON.stringify(needs));
    }
  });

  it('adds up the legs of a matrix', async () => {
    const leg = (value: number, reason: string | null) => ({
      gates: [{ id: 'test', value, threshold: null, unit: 'tests', reason }],
    });
    const { report } = await judge({ detect: good, test: good }, [
      leg(3, null),
      leg(4, null),
      leg(0, 'No test ran on Windows: only the build was checked.'),
    ]);
    assert.deepEqual(report.gates[0], {
      ...{ id: 'test', state: 'pass', value: 7, threshold: null, unit: 'tests' },
      reason: 'No test ran on Windows: only the build was checked.',
    });
  });

  it('calls a gate skipped whose every leg checked nothing', async () => {
    const leg = (state: string | null) => ({
      gates: [{ id: 'semver', value: 0, threshold: null, unit: 'crates', state, reason: 'Not published yet: a.' }],
    });
    assert.equal((await judge({ semver: good }, [leg('skipped'), leg('skipped')])).report.gates[0]?.state, 'skipped');
    assert.equal((await judge({ semver: good }, [leg('skipped'), leg(null)])).report.gates[0]?.state, 'pass');
  });

  it('never rounds a share up to its threshold', async () => {
    const { result } = await judge({ coverage: { result: 'failure' } }, [
      { gates: [{ id: 'coverage', value: 79.99, threshold: 80, unit: '%', reason: null }] },
    ]);
    assert.match(result.summary, /\| 79\.9 %, needs 80 % \|/);
  });

  it('takes parts that are longer than an argument may be', async () => {
    const crates = Array.from({ length: 3000 }, (_, index) => ({
      ...{ name: `a-crate-with-a-long-name-${index}`, root: 'some/folder', covered: 1, coverable: 2 },
    }));
    const { report } = await judge({ coverage: good }, [
      { gates: [], coverage: { covered: 3000, coverable: 6000, crates } },
    ]);
    assert.equal(report.coverage?.crates.length, 3000);
  });

  it('says that nothing was checked when everything was skipped', async () => {
    const guard = { ...good, outputs: { skipped: '{"fmt":"There is no Cargo.toml yet."}' } };
    const { result } = await judge({ detect: guard, fmt: { result: 'skipped' } });
    assert(result.succeeded);
    assert.match(result.summary, /### test: nothing was checked yet/);
  });

  it('puts the parts of a rollback together, and tells of it', async () => {
    const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
    const asked = {
      rollback: {
        ...{ image: 'ghcr.io/o/n', tag: 'latest', from: { digest: digest('a'), version: '1.1.0' } },
        ...{ to: { digest: digest('b'), version: '1.0.0' }, platforms: ['linux/amd64'], reason: 'a < b & c' },
        ...{ actor: 'maria', request: null, done: false, release: null },
      },
    };
    const needs = {
      detect: { ...good, outputs: { part: JSON.stringify(asked) } },
      rollback: { ...good, outputs: { part: '{"rollback":{"done":true,"release":"v1.0.0"}}' } },
    };
    const { report, message } = await judge(needs, [], 'rollback');
    assert.deepEqual(report.rollback, { ...asked.rollback, done: true, release: 'v1.0.0' });
    assert.deepEqual(JSON.parse(message ?? ''), {
      text: 'ghcr.io/o/n: rolled back to 1.0.0. a &lt; b &amp; c (maria)\n<https://github.com/Owner/Name/actions/runs/11|Run 7 of rollback>',
    });
  });
});
