import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const duplicateKey = rule({
  code: 'duplicate-key',
  category: 'syntax',
  title: 'The same key twice',
  severity: 'error',
  description:
    'GitHub refuses a mapping that has a key twice, also when the two differ only in case. One of the two values would be lost.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      TOKEN: a
      token: b
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      TOKEN: a
      OTHER: b
    steps:
      - run: cargo test
`,
  ],
  source: 'actionlint: syntax-check, GitHub',
  files: ['workflow', 'action', 'dependabot'],
  check: fromProblems('duplicate-key'),
});
