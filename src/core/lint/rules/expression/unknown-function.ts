import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unknownFunction = rule({
  code: 'unknown-function',
  category: 'expression',
  title: 'A function that does not exist',
  severity: 'error',
  description:
    'The expression calls a function that GitHub does not have. There is no arithmetic, no `replace` and no `substring`: do such things in a script.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: startWith(github.ref, 'refs/tags/')
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: startsWith(github.ref, 'refs/tags/')
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions#functions'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('unknown-function'),
});
