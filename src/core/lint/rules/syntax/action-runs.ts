import { rule } from '../../rule';

/** The keys that only one kind of action has. */
const ownKeys: Readonly<Record<string, readonly string[]>> = {
  composite: ['steps'],
  docker: ['image', 'args', 'env', 'entrypoint', 'pre-entrypoint', 'post-entrypoint'],
  node: ['main', 'pre', 'post'],
};

export const actionRuns = rule({
  code: 'action-runs',
  category: 'syntax',
  title: 'Keys of another kind of action',
  severity: 'error',
  description:
    'What `runs` needs depends on `using`: `composite` needs `steps`, `docker` needs `image`, `node24` and its like need `main`. Keys of the other kinds have no place beside them.',
  bad: [
    {
      path: 'action.yml',
      text: `name: Setup
description: Install the toolchain
runs:
  using: composite
  main: index.js
`,
    },
  ],
  good: [
    {
      path: 'action.yml',
      text: `name: Setup
description: Install the toolchain
runs:
  using: composite
  steps:
    - run: rustup toolchain install
      shell: bash
`,
    },
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#runs'],
  source: 'actionlint: action, GitHub',
  files: ['action'],
  check: ({ action, report }) => {
    const { runs, using } = action ?? {};
    if (runs === undefined || using === undefined) return;
    const kind = using.text.startsWith('node') ? 'node' : using.text;
    if (ownKeys[kind] === undefined) return;
    for (const { key } of runs.entries) {
      const owner = Object.keys(ownKeys).find((other) => ownKeys[other]?.includes(key.text) === true);
      if (owner !== undefined && owner !== kind)
        report(key, `"${key.text}" is for ${owner} actions, and this one is "${using.text}".`);
    }
  },
});
