import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const missingKey = rule({
  code: 'missing-key',
  category: 'syntax',
  title: 'A required key is missing',
  severity: 'error',
  description:
    'A workflow needs `on` and `jobs`; a job `runs-on` (or `uses`, to call a reusable workflow); a step one of `run` and `uses`. GitHub refuses a file in which a required key is missing.',
  bad: [
    `on: push
jobs:
  test:
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
  check: fromProblems('missing-key'),
});
