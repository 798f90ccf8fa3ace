import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/lint/fix/apply';
import { lint } from '../../../src/core/lint/lint';
import { ignoreFix } from '../../../src/core/lint/suppression';
import { findingsOf, fixed, repositoryOf, summary, workflowPath } from './linting';

const wrong = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 0
    steps:
      - run: |
          echo \${{ github.reff }}
`;
const own = ['number-range', 'unknown-property', 'unused-ignore'];
const reported = (text: string, files: Record<string, string> = {}) =>
  findingsOf(text, Object.keys(files).length === 0 ? {} : { repository: repositoryOf(files) })
    .map(({ code }) => code)
    .filter((code) => own.includes(code));

/** Puts a comment behind a line, or as a line of its own above it. */
function comment(line: number, text: string, above = false): string {
  return wrong
    .split('\n')
    .flatMap((each, index) => {
      if (index !== line - 1) return [each];
      return above ? [`${/^ */.exec(each)?.[0] ?? ''}${text}`, each] : [`${each} ${text}`];
    })
    .join('\n');
}

describe('ignore comments', () => {
  it('silence a rule on their line', () => {
    assert.deepEqual(reported(wrong), ['number-range', 'unknown-property']);
    assert.deepEqual(reported(comment(5, '# rust-ci: ignore[number-range] it never runs')), ['unknown-property']);
  });

  it('silence a rule on the line below, over other comments', () => {
    assert.deepEqual(reported(comment(5, '# rust-ci: ignore[number-range]\n    # because', true)), [
      'unknown-property',
    ]);
  });

  it('silence what lies in the value that begins on their line', () => {
    assert.deepEqual(reported(comment(7, '# rust-ci: ignore[unknown-property]')), ['number-range']);
    assert.deepEqual(reported(comment(8, '# rust-ci: ignore[unknown-property]')), ['number-range']);
  });

  it('silence several rules, or a whole file', () => {
    assert.deepEqual(reported(comment(1, '# rust-ci: ignore-file[number-range, unknown-property]')), []);
  });

  it('are reported when they silence nothing, and removed by a fix', () => {
    const text = comment(4, '# rust-ci: ignore[number-range, unknown-property]');
    assert.deepEqual(reported(text), ['unused-ignore', 'unused-ignore', 'number-range', 'unknown-property']);
    assert.equal(fixed(text, 'unused-ignore'), wrong);
    const above = comment(4, '# rust-ci: ignore[number-range]', true);
    assert.equal(fixed(above, 'unused-ignore'), wrong);
    const half = comment(5, '# rust-ci: ignore[unknown-property, number-range] why');
    assert.equal(fixed(half, 'unused-ignore'), comment(5, '# rust-ci: ignore[number-range] why'));
  });

  it('are written by a fix, once for each place', () => {
    let text = wrong;
    for (let round = 0; round < 2; round++) {
      const { findings, document } = lint(workflowPath, text);
      const finding = findings.find(({ code }) => own.includes(code));
      assert.ok(finding !== undefined);
      text = applyEdits(text, ignoreFix(document, finding).edits);
    }
    assert.deepEqual(reported(text), []);
    assert.deepEqual(summary(text, 'syntax'), []);
    // A comment inside the script would be part of the script.
    assert.match(text, /^ {6}- run: \| # rust-ci: ignore\[unknown-property\] TODO: say why\n {10}echo/m);
  });

  it('are written where they change no value', () => {
    const ignored = (steps: string, code: string) => {
      const text = `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
      const { findings, document } = lint(workflowPath, text);
      const finding = findings.find((one) => one.code === code);
      assert.ok(finding !== undefined);
      const after = applyEdits(text, ignoreFix(document, finding, 'why').edits);
      assert.deepEqual(after.includes(`ignore[`) && reported(after).filter((one) => one === code), []);
      assert.deepEqual(summary(after, 'syntax'), summary(text, 'syntax'));
      return after.slice(text.indexOf('steps:\n') + 7);
    };
    assert.equal(
      ignored('      - run: >- # note\r\n          echo ${{ github.reff }}\r\n', 'unknown-property'),
      '      - run: >- # note # rust-ci: ignore[unknown-property] why\r\n          echo ${{ github.reff }}\r\n',
    );
    assert.equal(
      ignored('      - run: echo a\n          ${{ github.reff }}\n', 'unknown-property'),
      '      # rust-ci: ignore[unknown-property] why\n      - run: echo a\n          ${{ github.reff }}\n',
    );
    assert.equal(
      ignored(
        '      - run: | # rust-ci: ignore[template-injection] safe\n          echo ${{ github.reff }}\n',
        'unknown-property',
      ),
      '      - run: | # rust-ci: ignore[template-injection, unknown-property] safe\n          echo ${{ github.reff }}\n',
    );
  });

  it('of zizmor count for the rules with its names, and are never unused', () => {
    const uses = (comment: string) =>
      `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4 ${comment}\n`;
    const pins = (text: string) => summary(text).filter((line) => /unpinned-uses|unused-ignore/.test(line));
    assert.deepEqual(pins(uses('')), ['6 unpinned-uses']);
    assert.deepEqual(pins(uses('# zizmor: ignore[unpinned-uses]')), []);
    assert.deepEqual(pins(uses('# zizmor: ignore[artipacked]')), ['6 unpinned-uses']);
  });
});

describe('configuration of other linters', () => {
  it('ignores by message and path as .github/actionlint.yaml says', () => {
    const config = (path: string) => `paths:\n  '${path}':\n    ignore:\n      - 'greater than 0'\n`;
    assert.deepEqual(reported(wrong, { '.github/actionlint.yaml': config('.github/workflows/*.yml') }), [
      'unknown-property',
    ]);
    assert.deepEqual(reported(wrong, { '.github/actionlint.yaml': config('**/*.{yaml,yml}') }), ['unknown-property']);
    assert.equal(reported(wrong, { '.github/actionlint.yaml': config('.github/workflows/other.yml') }).length, 2);
  });

  it('knows the variables that .github/actionlint.yaml names', () => {
    const text = wrong.replace('github.reff', 'vars.MISSING');
    assert.deepEqual(reported(text, { '.github/actionlint.yaml': 'config-variables: [KNOWN]\n' }), [
      'number-range',
      'unknown-property',
    ]);
    assert.deepEqual(reported(text, { '.github/actionlint.yaml': 'config-variables: null\n' }), ['number-range']);
  });

  it('ignores places and audits as zizmor.yml says', () => {
    const text =
      'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n';
    const pins = (config: string) =>
      findingsOf(text, { repository: repositoryOf({ '.github/zizmor.yml': config }) }).filter(
        ({ code }) => code === 'unpinned-uses',
      ).length;
    assert.equal(pins(''), 1);
    assert.equal(pins('rules:\n  unpinned-uses:\n    ignore: [ci.yml]\n'), 0);
    assert.equal(pins('rules:\n  unpinned-uses:\n    ignore:\n      - ci.yml:6\n'), 0);
    assert.equal(pins('rules:\n  unpinned-uses:\n    ignore:\n      - ci.yml:5\n      - release.yml\n'), 1);
    assert.equal(pins('rules:\n  unpinned-uses:\n    disable: true\n'), 0);
  });
});

describe('severities', () => {
  const levels = (severity: Record<string, 'error' | 'hint' | 'off'>, allRules = false) =>
    findingsOf(wrong, { settings: { severity, allRules } })
      .filter(({ code }) => own.includes(code))
      .map(({ code, severity: level }) => `${code} ${level}`);

  it('are set by category and by rule, the rule winning', () => {
    assert.deepEqual(levels({ syntax: 'off', expression: 'hint' }), ['unknown-property hint']);
    assert.deepEqual(levels({ syntax: 'off', 'number-range': 'hint' }), [
      'number-range hint',
      'unknown-property error',
    ]);
  });
});
