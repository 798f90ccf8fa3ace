import assert from 'node:assert/strict';
import { summary, withSteps } from './linting';

const all = { settings: { allRules: true } };

describe('what works and is hardly meant', () => {
  const off = (text: string, code: string) => {
    assert.deepEqual(summary(text, code), []);
    return summary(text, code, all);
  };

  it('is a join of a text', () => {
    const text = withSteps("- run: echo ${{ join('a') }} ${{ join(fromJSON('[1]')) }}");
    assert.deepEqual(off(text, 'function-arguments'), ['6 function-arguments']);
  });

  it('is a filter of values that are no objects', () => {
    const text = withSteps("- run: echo ${{ join(matrix.*, ',') }}", 'strategy: {matrix: {os: [a]}}');
    assert.deepEqual(off(text, 'type-mismatch'), ['7 type-mismatch']);
  });

  it('is an object where a text is usual', () => {
    const text = withSteps('- run: cargo test', 'environment: ${{ matrix.to }}\nstrategy: {matrix: {to: [{name: a}]}}');
    assert.deepEqual(off(text, 'type-mismatch'), ['5 type-mismatch']);
  });

  it('is a mapping that an expression gives', () => {
    const text = withSteps('- run: cargo test', "services: ${{ fromJSON('{}') }}");
    assert.deepEqual(off(text, 'wrong-type'), ['5 wrong-type']);
  });
});

describe('what the parser of GitHub says besides', () => {
  it('is which jobs wait for one that never starts', () => {
    const job = (id: string, needs: string) =>
      `  ${id}:\n    needs: ${needs}\n    runs-on: ubuntu-latest\n    steps: [{run: ls}]\n`;
    const text = `on: push\njobs:\n${job('a', 'nope')}${job('b', 'a')}${job('c', '[]')}`;
    assert.deepEqual(summary(text, 'cyclic-needs'), []);
    assert.deepEqual(summary(text, 'cyclic-needs', all), ['8 cyclic-needs']);
    const circle = `on: push\njobs:\n${job('a', 'b')}${job('b', 'a')}`;
    assert.deepEqual(summary(circle, 'cyclic-needs', all), ['3 cyclic-needs', '3 cyclic-needs']);
  });
});

describe('text around an expression', () => {
  it('makes a string of what has to be something else', () => {
    const job = (timeout: string) => withSteps('- run: cargo test', `timeout-minutes: ${timeout}`);
    assert.deepEqual(summary(job('${{ matrix.a }}0'), 'wrong-type'), ['5 wrong-type']);
    assert.deepEqual(summary(job('|\n  ${{ fromJSON(vars.A) }}'), 'wrong-type'), ['5 wrong-type']);
    assert.deepEqual(summary(job('|-\n  ${{ fromJSON(vars.A) }}'), 'wrong-type'), []);
    assert.deepEqual(summary(job('${{ fromJSON(vars.A) }}'), 'wrong-type'), []);
  });
});

describe('keys that an expression gives', () => {
  it('are wrong where keys are fixed', () => {
    const text = withSteps('- run: cargo test', 'concurrency:\n  group: a\n  ${{ github.ref }}: b');
    assert.deepEqual(summary(text, 'unexpected-key'), ['7 unexpected-key']);
    assert.deepEqual(summary(withSteps('- run: ls\n  env:\n    ${{ github.ref }}: b'), 'unexpected-key'), []);
  });
});

describe('the outputs of a job that does not exist', () => {
  it('are unknown as the job is', () => {
    const text = withSteps('- run: echo ${{ needs.biuld.outputs.a }}', 'needs: biuld');
    assert.deepEqual(summary(text, 'undefined-need'), ['7 undefined-need']);
  });
});
