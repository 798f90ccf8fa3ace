import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unknownContext = rule({
  code: 'unknown-context',
  category: 'expression',
  title: 'A context that does not exist',
  severity: 'error',
  description:
    'An expression begins with a name that is no context. Strings are written in single quotes: without them they are read as names.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: githb.ref == 'refs/heads/main'
`,
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: github.ref_name == main
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: github.ref == 'refs/heads/main'
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('unknown-context'),
});
