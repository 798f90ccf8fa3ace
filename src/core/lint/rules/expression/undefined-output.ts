import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const undefinedOutput = rule({
  code: 'undefined-output',
  category: 'expression',
  title: 'An output that is not declared',
  severity: 'error',
  description:
    'The job, or the action that the step uses, has no such output, so the value is always empty. What a script writes to `$GITHUB_OUTPUT` is not checked.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - id: cache
        uses: actions/cache@v4
        with:
          path: target
          key: target
      - run: cargo build
        if: steps.cache.outputs.cache_hit != 'true'
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - id: cache
        uses: actions/cache@v4
        with:
          path: target
          key: target
      - run: cargo build
        if: steps.cache.outputs.cache-hit != 'true'
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#steps-context'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('undefined-output'),
});
