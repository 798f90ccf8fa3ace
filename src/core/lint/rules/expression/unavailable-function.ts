import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unavailableFunction = rule({
  code: 'unavailable-function',
  category: 'expression',
  title: 'A function that is not available here',
  severity: 'error',
  description:
    '`success()`, `failure()`, `always()` and `cancelled()` exist in conditions only, `hashFiles()` in steps only.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ success() }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo failed
        if: failure()
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('unavailable-function'),
});
