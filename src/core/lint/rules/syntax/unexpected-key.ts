import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unexpectedKey = rule({
  code: 'unexpected-key',
  category: 'syntax',
  title: 'A key that does not exist here',
  severity: 'error',
  description:
    'GitHub refuses a workflow with a key that its schema does not know at this place. Keys are case-sensitive. Often the key is misspelled or indented under the wrong parent.',
  bad: [
    `on:
  push:
    branchs: [main]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on:
  push:
    branches: [main]
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
  check: fromProblems('unexpected-key'),
});
