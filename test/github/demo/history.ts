import { benches, phrases } from './sources.js';

/** A commit of the demo. */
export interface DemoCommit {
  readonly message: string;
  /** A login. */
  readonly author: string;
  /** Days before now. */
  readonly daysAgo: number;
  readonly branch: string;
  /** What changes. */
  readonly files: Readonly<Record<string, string>>;
  readonly tag?: string;
}

/** The default branch, and the one that is worked on. */
export const mainBranch = 'main';
export const ownBranch = 'phrases';

/** The commit that made counting slower. */
export const slowCommit = 'Compare words without the marks around them';

const subjects: readonly (readonly [daysAgo: number, author: string, message: string, tag?: string])[] = [
  [86, 'sam', 'Count words in text files'],
  [84, 'sam', 'Add a pipeline'],
  [81, 'maria', 'Read standard input where no file is named'],
  [77, 'jo', 'Sort words of the same frequency by alphabet'],
  [72, 'maria', 'Release 1.3.0', 'v1.3.0'],
  [68, 'sam', 'Print ten words, not all'],
  [63, 'jo', 'Build with thin LTO'],
  [58, 'maria', 'Test what the program prints'],
  [55, 'dependabot[bot]', 'Bump memchr from 2.8.2 to 2.8.3'],
  [51, 'jo', 'Say which file is missing'],
  [46, 'maria', 'Release 1.4.0', 'v1.4.0'],
  [42, 'sam', 'Measure reading, too'],
  [37, 'jo', 'Take the text as a whole instead of line by line'],
  [33, 'maria', 'Document the library'],
  [29, 'dependabot[bot]', 'Bump regex from 1.13.1 to 1.13.2'],
  [25, 'maria', 'Release 1.4.1', 'v1.4.1'],
  [21, 'jo', slowCommit],
  [17, 'sam', 'Keep the image small: distroless'],
  [14, 'maria', 'Say in the README how to read a book'],
  [10, 'jo', 'Refuse text that is no UTF-8'],
  [6, 'sam', 'Name the licence of each part'],
  [3.4, 'maria', 'Release 1.4.2', 'v1.4.2'],
  [2, 'jo', 'Count words of several files at once'],
  [0.9, 'sam', 'Print counts as JSON where asked for'],
  [0.02, 'jo', 'Release 1.5.0', 'v1.5.0'],
];

/** The commits of the demo, oldest first. @param files the sample project, by path */
export function demoHistory(files: Readonly<Record<string, string>>): DemoCommit[] {
  const changes: string[] = [];
  let version = '1.2.4';
  const onMain = subjects.map(([daysAgo, author, message, tag], index): DemoCommit => {
    changes.unshift(`- ${message}`);
    version = tag?.slice(1) ?? version;
    const pipeline = Object.entries(files).filter(([path]) => isPipeline(path));
    const project = Object.entries(files).filter(([path]) => !isPipeline(path));
    const changed = index === 0 ? project : index === 1 ? pipeline : [];
    return {
      message,
      author,
      daysAgo,
      branch: mainBranch,
      files: {
        ...Object.fromEntries(changed),
        ...(index === 0 ? { 'benches/count.rs': benches } : {}),
        ...versioned(files, version),
        'CHANGELOG.md': `# Changes\n\n${changes.join('\n')}\n`,
      },
      ...(tag === undefined ? {} : { tag }),
    };
  });
  const library = files['src/lib.rs'] ?? '';
  const own = [
    [
      0.2,
      'Count phrases',
      { 'src/lib.rs': library.replace('collections::BTreeMap;', 'collections::BTreeMap;\n\npub mod phrases;') },
    ],
    [0.06, 'Find phrases that are repeated', { 'src/phrases.rs': phrases }],
  ] as const;
  const first = { 'src/phrases.rs': `${phrases.split('/// The phrases that')[0]?.trimEnd() ?? ''}\n` };
  return [
    ...onMain,
    ...own.map(([daysAgo, message, changed]) => ({
      message,
      author: 'maria',
      daysAgo,
      branch: ownBranch,
      files: daysAgo === 0.2 ? { ...changed, ...first } : changed,
    })),
  ];
}

function isPipeline(path: string): boolean {
  return path.startsWith('.github/') || path === 'deny.toml' || path === 'docs/ci-cd.md';
}

function versioned(files: Readonly<Record<string, string>>, version: string): Record<string, string> {
  return Object.fromEntries(
    ['Cargo.toml', 'Cargo.lock'].flatMap((path) => {
      const text = files[path];
      return text === undefined ? [] : [[path, text.replace(/(name = "tally"\nversion = )"[^"]*"/, `$1"${version}"`)]];
    }),
  );
}
