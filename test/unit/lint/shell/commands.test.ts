import assert from 'node:assert/strict';
import { readCommands } from '../../../../src/core/lint/shell/commands';

function words(script: string): string[][] {
  return readCommands(script).map((command) => command.words.map(({ text }) => text));
}

describe('shell commands', () => {
  it('are separated by operators, lines, groups and keywords', () => {
    assert.deepEqual(words('a 1 && b || c; d | e\n(f)\nif g; then h; fi'), [
      ['a', '1'],
      ['b'],
      ['c'],
      ['d'],
      ['e'],
      ['f'],
      ['g'],
      ['h'],
    ]);
  });

  it('lose quotes, assignments, comments and continued lines', () => {
    assert.deepEqual(words('A=1 npm install "foo bar" \'x\' \\\n  baz # no'), [
      ['npm', 'install', 'foo bar', 'x', 'baz'],
    ]);
  });

  it('are found inside substitutions', () => {
    assert.deepEqual(words('x="$(npm ci)" `y z`'), [['npm', 'ci'], ['`y z`'], ['y', 'z']]);
  });

  it('know what is dynamic', () => {
    const [command] = readCommands('echo a$b \'$c\' ${{ d }} "e"');
    assert.deepEqual(
      command?.words.map(({ dynamic }) => dynamic),
      [false, true, false, true, false],
    );
  });

  it('have redirections and here-documents', () => {
    const [first, second] = readCommands('cat >> "$GITHUB_ENV" <<\'EOF\'\nnpm ci $x\nEOF\necho 2>&1 b');
    assert.deepEqual(
      first?.redirects.map(({ operator, target }) => operator + target.text),
      ['>>$GITHUB_ENV'],
    );
    assert.deepEqual(first.heredocs, [{ text: 'npm ci $x', dynamic: false }]);
    assert.deepEqual(
      second?.words.map(({ text }) => text),
      ['echo', 'b'],
    );
  });

  it('end with any text', () => {
    for (const script of [
      '"',
      "'",
      '$(',
      '`',
      '<<',
      '<<EOF',
      '${{',
      '\\',
      '((((',
      '$',
      'a >',
      '&&&',
      '$(('.repeat(500),
    ])
      assert.doesNotThrow(() => readCommands(script), script);
  });
});
