import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const invalidJson = rule({
  code: 'invalid-json',
  category: 'expression',
  title: 'Text that is no JSON',
  severity: 'error',
  description: '`fromJSON()` is given a text that is no JSON. It fails when the workflow runs.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ fromJSON('[1, 2')[0] }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ fromJSON('[1, 2]')[0] }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions#fromjson'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('invalid-json'),
});
