import action from './fixtures/action.yml';
import anchors from './fixtures/anchors.yml';
import dependabot from './fixtures/dependabot.yml';
import everyKey from './fixtures/every-key.yml';
import rust from './fixtures/rust.yml';
import fc from 'fast-check';

/** Files as people write them, by the path that they would have. */
export const samples: readonly (readonly [path: string, text: string])[] = [
  ['.github/workflows/every-key.yml', everyKey],
  ['.github/workflows/rust.yml', rust],
  ['.github/workflows/anchors.yml', anchors],
  ['.github/actions/setup/action.yml', action],
  ['.github/dependabot.yml', dependabot],
];

/** What one types, pastes or breaks a file with. */
const pieces = [
  ...[
    '- ',
    ': ',
    ':',
    ' #',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\n  ',
    '\n- ',
    '\t',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '|',
    '>',
  ],
  ...[
    '|-\n',
    '? ',
    '&a ',
    '*a',
    '!x ',
    '%',
    '@',
    '`',
    '\r\n',
    '---\n',
    '...\n',
    '~',
    'null',
    'true',
    '\\',
    '-1',
    '1.5',
  ],
  ...[
    '${{',
    '}}',
    '${{ x }}',
    '${{ github.',
    "${{ fromJSON('",
    ' && ',
    '<<: *a\n',
    '# rust-ci: ignore[',
    '\ufeff',
    '\u0000',
    'é',
    '😀',
  ],
];

type Edit = (text: string, random: number) => string;

const place = (text: string, random: number): number => Math.floor(random * (text.length + 1));

const edits: readonly Edit[] = [
  ...pieces.map(
    (piece): Edit =>
      (text, random) =>
        text.slice(0, place(text, random)) + piece + text.slice(place(text, random)),
  ),
  // Half-typed: the rest is not there yet.
  (text, random) => text.slice(0, place(text, random)),
  (text, random) => text.slice(0, place(text, random)) + text.slice(place(text, random) + 3),
  (text, random) => {
    const lines = text.split('\n');
    const line = Math.floor(random * lines.length);
    return [...lines.slice(0, line), ...lines.slice(line - 4), ...lines.slice(line)].join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    const line = Math.floor(random * lines.length);
    return lines.map((each, index) => (index === line ? `  ${each}` : each)).join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    const line = Math.floor(random * lines.length);
    return lines.map((each, index) => (index === line ? each.replace(/^ {2}/, '') : each)).join('\n');
  },
  (text) => text.replaceAll('\n', '\r\n'),
];

/** Samples after a few edits, most of them broken in some way. */
export const brokenFiles = fc
  .record({
    sample: fc.constantFrom(...samples),
    // A part of a file reaches what a whole file with one mistake does not.
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    part: fc.boolean(),
    steps: fc.array(fc.tuple(fc.constantFrom(...edits), fc.double({ min: 0, max: 0.999, noNaN: true })), {
      maxLength: 4,
    }),
  })
  .map(({ sample: [path, text], from, part, steps }) => {
    const lines = text.split('\n');
    const start = Math.floor(from * lines.length);
    const base = part ? lines.slice(start, start + 30).join('\n') : text;
    return { path, text: steps.reduce((edited, [edit, random]) => edit(edited, random), base) };
  });
