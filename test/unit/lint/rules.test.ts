import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from '../../../src/core/lint/fix/apply';
import { fixAll, lint } from '../../../src/core/lint/lint';
import type { LintOptions } from '../../../src/core/lint/lint';
import type { Rule } from '../../../src/core/lint/rule';
import { rules } from '../../../src/core/lint/rules/index';
import { partsOf } from './linting';

/** Runs the rule however loud it is by default. */
function loud(rule: Rule, options: LintOptions): LintOptions {
  return { ...options, settings: { severity: { [rule.code]: 'warning' }, allRules: true } };
}

describe('lint rules', () => {
  it('have unique codes in kebab-case', () => {
    const codes = rules.map(({ code }) => code);
    assert.deepEqual(codes, [...new Set(codes)]);
    for (const code of codes) assert.match(code, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('have a file each, named by their code', () => {
    const folder = 'src/core/lint/rules';
    const declared = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const found = readFileSync(join(folder, name), 'utf8').matchAll(
          /\brule\(\{\s*code: '([^']*)',\s*category: '([^']*)'/g,
        );
        return [...found].map(([, code = '', category = '']) => ({ path: name.replaceAll('\\', '/'), code, category }));
      });
    assert.deepEqual(
      declared.map(({ path }) => path).sort(),
      declared.map(({ code, category }) => `${category}/${code}.ts`).sort(),
    );
    assert.deepEqual(declared.map(({ code }) => code).sort(), rules.map(({ code }) => code).sort());
  });

  for (const rule of rules)
    describe(rule.code, () => {
      it('is documented with examples', () => {
        assert.ok(rule.title.length > 0 && !rule.title.endsWith('.'), 'the title is one line without a full stop');
        assert.ok(rule.description.length > 40, 'the description says what, why and what to do');
        assert.ok(rule.bad.length > 0 && rule.good.length > 0);
      });

      rule.bad.forEach((example, index) => {
        it(`finds bad example ${index + 1}`, () => {
          const { path, text, options } = partsOf(example);
          const { findings, crashes, document } = lint(path, text, loud(rule, options));
          assert.deepEqual(crashes, []);
          const own = findings.filter(({ code }) => code === rule.code);
          assert.ok(own.length > 0, 'nothing was found');
          for (const { start, end, message } of own) {
            assert.ok(start >= 0 && start <= end && end <= text.length, 'the range lies in the file');
            assert.ok(start < end || document.root === undefined || text.trim() === '', 'the range marks something');
            assert.match(message, /^.{8,400}$/s);
          }
        });

        it(`repairs bad example ${index + 1} with each fix it offers`, () => {
          const { path, text, options } = partsOf(example);
          const settings = loud(rule, options);
          const count = (checked: string) =>
            lint(path, checked, settings).findings.filter(({ code }) => code === rule.code).length;
          const own = lint(path, text, settings).findings.filter(({ code }) => code === rule.code);
          for (const { fixes } of own)
            for (const { edits, title } of fixes) {
              const after = applyEdits(text, edits);
              assert.ok(count(after) < own.length, `"${title}" leaves the finding:\n${after}`);
              const broken = lint(path, after, settings).document.tree.problems;
              assert.ok(
                broken.length <= lint(path, text, settings).document.tree.problems.length,
                `"${title}" breaks the YAML:\n${after}`,
              );
            }
          if (own.length > 0 && own.every(({ fixes: [first] }) => first !== undefined && first.unsafe !== true))
            assert.equal(count(fixAll(path, text, settings, ({ code }) => code === rule.code)), 0);
        });
      });

      rule.good.forEach((example, index) => {
        it(`is silent in good example ${index + 1}`, () => {
          const { path, text, options } = partsOf(example);
          const { findings, crashes } = lint(path, text, loud(rule, options));
          assert.deepEqual(crashes, []);
          assert.deepEqual(
            findings.filter(({ code }) => code === rule.code),
            [],
          );
        });
      });
    });
});
