import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const invalidValue = rule({
  code: 'invalid-value',
  category: 'syntax',
  title: 'A value that is not one of the allowed ones',
  severity: 'error',
  description: 'The key takes only certain values, and this is none of them. They are case-sensitive.',
  bad: [
    `on:
  workflow_dispatch:
    inputs:
      level:
        type: int
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on:
  workflow_dispatch:
    inputs:
      level:
        type: number
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax'],
  source: 'actionlint: syntax-check, GitHub',
  files: ['workflow', 'action', 'dependabot'],
  check: fromProblems('invalid-value'),
});
