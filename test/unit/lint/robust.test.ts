import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../src/core/lint/fix/apply';
import { fixAll, lint } from '../../../src/core/lint/lint';
import { brokenFiles, samples } from './samples';

const everything = { settings: { allRules: true } };

/** Lints and checks what holds for any text. */
function checked(path: string, text: string) {
  const { findings, crashes, document } = lint(path, text, everything);
  assert.deepEqual(crashes, []);
  for (const { start, end, fixes, related, message } of findings) {
    assert.ok(0 <= start && start <= end && end <= text.length, 'a range lies in the text');
    assert.ok(message.length > 0);
    for (const place of related) assert.ok(0 <= place.start && place.end <= text.length);
    for (const { edits } of fixes)
      for (const edit of edits) assert.ok(0 <= edit.start && edit.start <= edit.end && edit.end <= text.length);
  }
  return { findings, document };
}

/** The same texts every time, so that a run never fails for what another one missed; FUZZ_SEED and FUZZ_RUNS look further. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const runs = Number(process.env['FUZZ_RUNS'] ?? 1);

describe('the linter, given any text', function () {
  this.timeout(60_000 * runs);

  it('answers broken workflows with findings in their text, and with fixes that keep them YAML', () => {
    fc.assert(
      fc.property(brokenFiles, ({ path, text }) => {
        const { findings, document } = checked(path, text);
        if (document.tree.problems.length > 0) return;
        for (const { fixes, code } of findings)
          for (const { edits } of fixes) {
            const after = lint(path, applyEdits(text, edits), everything);
            assert.deepEqual(after.document.tree.problems, [], `a fix of ${code} breaks the YAML:\n${text}`);
          }
      }),
      { seed, numRuns: 200 * runs },
    );
  });

  it('offers no fixes where keys stand behind question marks', () => {
    const keys = (key: string) =>
      `on: push\njobs:\n  ? ${key}\n  : runs-on: ubuntu-latest\n    steps:\n      - run: echo\n`;
    const { findings } = checked('.github/workflows/ci.yml', keys('test'));
    assert.ok(findings.length > 0 && findings.every(({ fixes }) => fixes.length === 0));
    const plain = keys('test').replace('? test\n  :', 'test: # really?\n   ');
    assert.ok(checked('.github/workflows/ci.yml', plain).findings.some(({ fixes }) => fixes.length > 0));
  });

  it('answers arbitrary text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        checked('.github/workflows/ci.yml', text);
      }),
      { seed, numRuns: 300 * runs },
    );
  });

  it('is done with fixing after a few rounds', () => {
    for (const [path, text] of samples) {
      const once = fixAll(path, text, everything);
      assert.equal(fixAll(path, once, everything), once, path);
    }
  });

  it('does not mind how lines end', () => {
    for (const [path, text] of samples) {
      const places = (checkedText: string) => {
        const { findings, document } = checked(path, checkedText);
        return findings.map(({ code, start }) => `${document.lines.lineAt(start)} ${code}`);
      };
      assert.deepEqual(places(text.replaceAll('\n', '\r\n')), places(text), path);
      assert.deepEqual(places(`\ufeff${text}`), places(text), path);
    }
  });

  it('takes bounded time for hostile files', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) {
      const name = String.fromCharCode(97 + level);
      const below = `*${String.fromCharCode(96 + level)}`;
      bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => below).join(', ')}]`);
    }
    const hostile = [
      bomb.join('\n'),
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n${bomb.map((line) => `        ${line}`).join('\n')}\n    steps: []\n`,
      '{'.repeat(10_000),
      '- '.repeat(10_000),
      `on: push\njobs:\n${Array.from({ length: 3000 }, (_, index) => `  j${index}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo \${{ github.ref }}\n`).join('')}`,
      `on: push\nenv:\n  A: \${{ ${'('.repeat(5000)} }}\n`,
      `on: push\nname: ${'${{ '.repeat(20_000)}\n`,
      'x'.repeat(1_000_000),
      '\u0000'.repeat(200_000),
      `${'a'.repeat(500_000)}: b\n`,
      '"'.repeat(100_000),
      '\n'.repeat(500_000),
      '\t'.repeat(100_000),
      '&a '.repeat(20_000),
      '# rust-ci: ignore[a]\n'.repeat(5000),
    ];
    for (const text of hostile) {
      const start = performance.now();
      checked('.github/workflows/ci.yml', text);
      const took = performance.now() - start;
      assert.ok(took < 4000, `${took.toFixed(0)} ms for ${text.slice(0, 30)}…`);
    }
  });
});
