import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const expressionNotAllowed = rule({
  code: 'expression-not-allowed',
  category: 'expression',
  title: 'An expression where none is evaluated',
  severity: 'error',
  description:
    '`${{ }}` is evaluated only in certain values. Here GitHub refuses it, or would take it as plain text: `uses`, `id`, `needs`, `on` and the permissions are read before anything is evaluated.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@\${{ github.ref_name }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('expression-not-allowed'),
});
