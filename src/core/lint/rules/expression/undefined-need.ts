import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const undefinedNeed = rule({
  code: 'undefined-need',
  category: 'expression',
  title: 'A job that this job does not need',
  severity: 'error',
  description:
    '`needs.<job>` sees the jobs that are listed in `needs` of this job. Others, even those that run earlier, are empty.',
  bad: [
    `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      version: \${{ github.sha }}
    steps:
      - run: cargo build
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ needs.build.outputs.version }}
`,
  ],
  good: [
    `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      version: \${{ github.sha }}
    steps:
      - run: cargo build
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ needs.build.outputs.version }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#needs-context'],
  source: 'actionlint: expression',
  check: fromProblems('undefined-need'),
});
