import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unknownProperty = rule({
  code: 'unknown-property',
  category: 'expression',
  title: 'A property that the context does not have',
  severity: 'error',
  description: 'The context has no such property, so the value is always empty.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ github.reff }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ github.ref_name }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('unknown-property'),
});
