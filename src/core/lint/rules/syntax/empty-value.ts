import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const emptyValue = rule({
  code: 'empty-value',
  category: 'syntax',
  title: 'Nothing where something is needed',
  severity: 'error',
  description:
    'A key without a value, an empty string or an empty list where GitHub needs content, or where an empty section does nothing and hides that something is missing. Give it a value or remove the key.',
  bad: [
    `on: push
jobs:
  test:
    runs-on:
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
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax'],
  source: 'actionlint: syntax-check, GitHub',
  files: ['workflow', 'action', 'dependabot'],
  check: fromProblems('empty-value'),
});
