import assert from 'node:assert/strict';
import { coverageOf, shareOf } from '../../../src/core/gates/coverage.js';
import { check, commits, facts, report, reported, run, snapshot } from './facts.js';

const measured = (sha: string, covered: number, core: number) => {
  const test = run('test.yml', 'success', { sha });
  return facts(
    {
      runs: [test],
      reports: [
        report(test, [reported('coverage', 'pass', { value: 1, threshold: 80, unit: '%' })], {
          coverage: {
            covered,
            coverable: 1000,
            crates: [
              { name: 'core', root: '.', covered: core, coverable: 500 },
              { name: 'empty', root: '.', covered: 0, coverable: 0 },
            ],
          },
        }),
      ],
    },
    sha,
  );
};

describe('coverage', () => {
  it('is the total and each crate, against threshold and default branch', () => {
    const coverage = coverageOf(
      snapshot({ current: measured(commits.now, 819, 400), main: measured(commits.main, 817, 410) }),
    );
    assert.deepEqual(
      [coverage?.percent, coverage?.threshold, coverage?.change, coverage?.stale, coverage?.source],
      [81.9, 80, 0.2, false, 'report'],
    );
    assert.deepEqual(
      coverage?.crates.map(({ name, percent, change }) => [name, percent, change]),
      [
        ['core', 80, -2],
        ['empty', null, null],
      ],
    );
  });

  it('of an earlier commit is stale, and of the default branch is not compared with itself', () => {
    const earlier = coverageOf(snapshot({ earlier: measured(commits.before, 800, 400) }));
    assert.deepEqual([earlier?.stale, earlier?.sha], [true, commits.before]);
    const main = coverageOf(snapshot({ main: measured(commits.main, 800, 400) }));
    assert.deepEqual([main?.stale, main?.change], [true, null]);
  });

  it('is Codecov’s where only that exists, and never that of the patch', () => {
    const checks = [
      check('codecov/patch', 'success', { app: 'codecov', summary: '12.00% of diff hit' }),
      check('codecov/project', 'success', { app: null, id: null, summary: '81.90% (+0.20%) compared to 1a2b3c4' }),
    ];
    const coverage = coverageOf(snapshot({ current: facts({ checks }) }));
    assert.deepEqual([coverage?.source, coverage?.percent, coverage?.total], ['codecov', 81.9, null]);
    const none = coverageOf(snapshot({ current: facts({ checks: [check('cov', 'success', { summary: '99%' })] }) }));
    assert.equal(none, null);
  });

  it('is never rounded up', () => {
    assert.equal(shareOf({ covered: 79_999, coverable: 100_000 }).percent, 79.9);
    assert.equal(shareOf({ covered: 0, coverable: 0 }).percent, null);
  });
});
