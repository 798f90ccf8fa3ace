import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const numberRange = rule({
  code: 'number-range',
  category: 'syntax',
  title: 'A number out of range',
  severity: 'error',
  description:
    'A timeout of zero minutes or less ends the job before it begins; `max-parallel` needs to be a whole number of at least 1.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 0
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - run: cargo test
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax'],
  source: 'actionlint: syntax-check',
  check: fromProblems('number-range'),
});
