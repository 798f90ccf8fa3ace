import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const wrongType = rule({
  code: 'wrong-type',
  category: 'syntax',
  title: 'A value of the wrong type',
  severity: 'error',
  description:
    'A list where a single value is needed, a string where a number or `true`/`false` is needed, a mapping where text is needed. Mind that quotes make a string: `"5"` is no number, `"true"` is no boolean.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        timeout-minutes: '5'
`,
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: fast
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        timeout-minutes: 5
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax'],
  source: 'actionlint: syntax-check, GitHub',
  files: ['workflow', 'action', 'dependabot'],
  check: fromProblems('wrong-type'),
});
