import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const comparisonTypes = rule({
  code: 'comparison-types',
  category: 'expression',
  title: 'A comparison that is always the same',
  severity: 'error',
  description:
    'Lists and objects never equal a text, a number or a boolean, and only numbers and texts have an order. The condition is always true or always false.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: github.event == 'push'
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        if: github.event_name == 'push'
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('comparison-types'),
});
