import assert from 'node:assert/strict';
import { findingsOf, fixed, summary } from '../linting';

const code = 'excessive-permissions';
const job = (id: string, steps: string): string =>
  `  ${id}:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, '      ')}\n`;
const checkout = '- uses: actions/checkout@v7';

describe('excessive-permissions', () => {
  it('warns once for a workflow of several jobs', () => {
    const text = `on: push\njobs:\n${job('a', checkout)}${job('b', checkout)}`;
    assert.deepEqual(summary(text, code), [
      '1 excessive-permissions',
      '3 excessive-permissions',
      '7 excessive-permissions',
    ]);
    const severities = findingsOf(text)
      .filter((finding) => finding.code === code)
      .map(({ severity }) => severity);
    assert.deepEqual(severities, ['warning', 'info', 'info']);
  });

  it('gives read access, above jobs and its comment, apart by the same empty line', () => {
    const text = `on: push\n\n# All of it\njobs:\n${job('a', checkout)}`;
    assert.equal(
      fixed(text, code),
      `on: push\n\npermissions:\n  contents: read\n\n# All of it\njobs:\n${job('a', checkout)}`,
    );
  });

  it('works out what known actions and commands need', () => {
    const text = `on: push\njobs:\n${job('test', `${checkout}\n- run: cargo test`)}${job('release', `${checkout}\n- run: gh release create v1\n  env:\n    GH_TOKEN: \${{ github.token }}`)}`;
    const result = fixed(text, code);
    assert.match(result, /^permissions:\n {2}contents: read$/m);
    assert.match(result, / {2}release:\n {4}runs-on: ubuntu-latest\n {4}permissions:\n {6}contents: write\n {4}steps:/);
    assert.equal(result.match(/permissions:/g)?.length, 2);
  });

  it('guesses nothing about jobs it does not know', () => {
    const text = `on: push\njobs:\n${job('test', '- uses: acme/unknown@v1')}`;
    assert.equal(fixed(text, code), text);
    const fixes = findingsOf(text).find((finding) => finding.code === code)?.fixes;
    assert.deepEqual(
      fixes?.map(({ unsafe }) => unsafe),
      [true],
    );
  });

  it('moves write permissions to the jobs that need them, and leaves unknown jobs what they have', () => {
    const text = `on: push\npermissions:\n  contents: write # releases\njobs:\n${job('test', checkout)}${job('other', '- uses: acme/unknown@v1')}`;
    const result = fixed(text, code);
    assert.match(result, /^permissions:\n {2}contents: read\b/m);
    assert.match(result, / {2}other:\n {4}runs-on: ubuntu-latest\n {4}permissions:\n {6}contents: write # releases\n/);
    assert.doesNotMatch(result, / {2}test:\n {4}runs-on: ubuntu-latest\n {4}permissions/);
  });

  it('keeps CRLF', () => {
    const text = `on: push\r\n\r\njobs:\r\n  a:\r\n    runs-on: x\r\n    steps:\r\n      - run: cargo test\r\n`;
    assert.doesNotMatch(fixed(text, code), /[^\r]\n/);
  });
});
