import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const formatString = rule({
  code: 'format-string',
  category: 'expression',
  title: 'A format string that does not fit its values',
  severity: 'error',
  description:
    '`format()` puts its values into `{0}`, `{1}`, … A placeholder without a value fails when the workflow runs, a value without a placeholder is lost.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ format('{0} {1}', github.ref) }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ format('{0} {1}', github.ref, github.sha) }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions#format'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('format-string'),
});
