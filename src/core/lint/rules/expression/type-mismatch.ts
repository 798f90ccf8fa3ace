import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const typeMismatch = rule({
  code: 'type-mismatch',
  category: 'expression',
  title: 'A value used as something that it is not',
  severity: 'error',
  description:
    'An object or a list put into text, a property asked of a text, a text where the key needs a number. Use `toJSON()` to see an object, `fromJSON()` to turn text into a value.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ github.event }}
`,
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ github.ref.name }}
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ toJSON(github.event) }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/expressions'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('type-mismatch'),
});
