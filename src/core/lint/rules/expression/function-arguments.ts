import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const functionArguments = rule({
  code: 'function-arguments',
  category: 'expression',
  title: 'A function called with wrong arguments',
  severity: 'error',
  description: 'The number or the types of the arguments are not what the function takes.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: contains(github.ref)
`,
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: startsWith(github.event, 'a')
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: contains(github.ref, 'release')
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions#functions'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('function-arguments'),
});
