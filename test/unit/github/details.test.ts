import assert from 'node:assert/strict';
import { createGitHub } from '../../../src/github/client.js';
import { createRunDetails } from '../../../src/github/store/details.js';
import type { ReportFinding } from '../../../src/github/store/reports.js';
import { commits, report, reported, run } from '../gates/facts.js';

describe('the details of a run', () => {
  it('do not settle for the report of an earlier attempt while the one of the rerun may still appear', async () => {
    const first = run('test.yml', 'failure', { updatedAt: 0 });
    const again = { ...first, attempt: 2, conclusion: 'success' } as const;
    // GitHub lists an artifact a moment after the end of its run.
    const answers: ReportFinding[] = [
      report(first, [reported('fmt', 'fail')]),
      report(first, [reported('fmt', 'fail')]),
      report(again, [reported('fmt', 'pass')]),
    ];
    const github = createGitHub({
      apiUrl: 'https://api.github.com',
      webUrl: 'https://github.com',
      token: () => null,
      fetch: () => Promise.reject(new Error('Nothing is asked.')),
      clock: { now: () => 1000, after: () => () => undefined },
    });
    const details = createRunDetails(
      github,
      { owner: 'o', repo: 'r' },
      { of: () => Promise.resolve([]) },
      { look: () => Promise.resolve(), of: () => Promise.resolve(answers.shift() ?? null) },
    );
    const attemptAfter = async (one: typeof first) => {
      await details.update([one], new AbortController().signal, assert.ifError);
      return details.facts('feature', commits.now, [one]).reports.get(one.id)?.attempt;
    };
    assert.equal(await attemptAfter(first), 1);
    assert.equal(await attemptAfter(again), 1);
    assert.equal(await attemptAfter(again), 2);
    assert.equal(await attemptAfter(again), 2, 'and asks no more');
  });
});
