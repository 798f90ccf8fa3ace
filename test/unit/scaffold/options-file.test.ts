import assert from 'node:assert/strict';
import { defaultOptions } from '../../../src/core/pipeline/options.js';
import { InputError } from '../../../src/core/scaffold/input-error.js';
import { parseOptions } from '../../../src/core/scaffold/options-file.js';

function refusal(text: string): InputError {
  try {
    parseOptions('my.json', text, defaultOptions);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return assert.fail('it is refused');
}

describe('parseOptions', () => {
  it('changes what the file names', () => {
    assert.deepEqual(parseOptions('my.json', '{}', defaultOptions), defaultOptions);
    assert.deepEqual(
      parseOptions('my.json', '\uFEFF{"coverage": {"threshold": 70},\r\n"roots": ["a/b"]}', defaultOptions),
      {
        ...defaultOptions,
        coverage: { threshold: 70, codecov: true },
        roots: ['a/b'],
      },
    );
  });

  it('names the place of what is wrong', () => {
    const cases: [text: string, line: number, column: number, message: RegExp][] = [
      ['{\n  "coverage": {\n    "threshold": 101\n  }\n}', 3, 5, /"coverage\.threshold" is not valid/],
      ['{\n  "colour": 1 }', 2, 3, /"colour" is not known here\. The options are workflows, /],
      ['{\n  "roots": ["."', 2, 16, /not valid JSON/],
      ['{ "roots": [".",\n "../up"] }', 2, 2, /"roots\.1" is not valid: must be a relative folder/],
      ['{ "workflows": [] }', 1, 3, /"workflows" is not valid/],
      ['{ // no\n}', 1, 3, /not valid JSON/],
    ];
    for (const [text, line, column, message] of cases) {
      const error = refusal(text);
      assert.deepEqual([error.file, error.position], ['my.json', { line, column }], text);
      assert.match(error.message, message);
    }
  });
});
