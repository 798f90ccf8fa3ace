import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const undefinedStep = rule({
  code: 'undefined-step',
  category: 'expression',
  title: 'A step that has not run, or does not exist',
  severity: 'error',
  description:
    '`steps.<id>` sees the steps of the same job that come before it and have that `id`. Everything else is empty.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ steps.version.outputs.value }}
      - id: version
        run: echo value=1 >> "$GITHUB_OUTPUT"
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - id: version
        run: echo value=1 >> "$GITHUB_OUTPUT"
      - run: echo \${{ steps.version.outputs.value }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#steps-context'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('undefined-step'),
});
