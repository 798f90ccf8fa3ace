import assert from 'node:assert/strict';
import { isNewer, isRelease } from '../../../../src/core/lint/model/version';
import { findingsOf, repositoryOf, withSteps } from '../linting';

const sha = '0123456789abcdef0123456789abcdef01234567';

/** The severities of what the rule finds about a step. */
function graded(step: string, code: string): string[] {
  return findingsOf(withSteps(step))
    .filter((finding) => finding.code === code)
    .map(({ severity }) => severity);
}

describe('actions that are named by one release', () => {
  it('are told from those that move', () => {
    assert.deepEqual([sha, 'v1.2', '1.2.3', 'v1', 'main', 'stable'].map(isRelease), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('are compared by their numbers', () => {
    const newer = (version: string) => isNewer(version, 'v1.10.2');
    assert.deepEqual(['v1.10.3', '1.11', 'v2.0.0', 'v1.9.9', 'v1.10.2', 'v1.10', 'v1', 'main'].map(newer), [
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('may be old', () => {
    assert.deepEqual(graded('- uses: actions/checkout@v2', 'outdated-action'), ['error']);
    assert.deepEqual(graded('- uses: actions/checkout@v2.4.0', 'outdated-action'), ['info']);
    assert.deepEqual(graded(`- uses: actions/checkout@${sha} # v2.4.0`, 'outdated-action'), ['info']);
  });

  it('may have inputs that came after the catalogue', () => {
    const input = (ref: string) => graded(`- uses: actions/checkout@${ref}\n  with: {new: 1}`, 'unknown-input');
    assert.deepEqual(input('v4'), ['error']);
    assert.deepEqual(input('v4.0.0'), ['error']);
    assert.deepEqual(input('v4.999.0'), []);
    assert.deepEqual(input(`${sha} # v4.999.0`), []);
  });
});

describe('an action that is not in the repository', () => {
  const step = withSteps('- uses: ./.github/actions/biuld');
  const severity = (path: string) =>
    findingsOf(step, { repository: repositoryOf({ '.github/workflows/ci.yml': step, [path]: '' }) })
      .filter(({ code }) => code === 'missing-action')
      .map((finding) => finding.severity);

  it('weighs less where the repository shows no action at all', () => {
    assert.deepEqual(severity('README.md'), ['info']);
    assert.deepEqual(severity('.github/actions/build/action.yml'), ['error']);
  });
});

describe('labels of runners', () => {
  const labels = (runsOn: string, job: string) =>
    findingsOf(withSteps('- run: ls', job).replace('runs-on: ubuntu-latest', `runs-on: ${runsOn}`))
      .filter(({ code }) => code === 'runner-label')
      .map(({ severity }) => severity);

  it('from within values of a matrix are taken for those of one’s own runners', () => {
    const job = 'strategy: {matrix: {to: [{on: mine}, {on: ubuntu-lates}]}}';
    assert.deepEqual(labels('${{ matrix.to.on }}', job), ['info', 'error']);
  });
});
