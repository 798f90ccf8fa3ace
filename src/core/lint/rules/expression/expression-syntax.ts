import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const expressionSyntax = rule({
  code: 'expression-syntax',
  category: 'expression',
  title: 'An expression that GitHub cannot read',
  severity: 'error',
  description:
    'The text between `${{` and `}}`, or a condition, is no valid expression. Strings are written in single quotes, values are compared with `==`, and there is no arithmetic.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: github.ref = 'refs/heads/main'
`,
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: github.ref == "refs/heads/main"
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
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('expression-syntax'),
});
