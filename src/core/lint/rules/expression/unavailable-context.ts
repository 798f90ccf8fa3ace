import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unavailableContext = rule({
  code: 'unavailable-context',
  category: 'expression',
  title: 'A context that is not available here',
  severity: 'error',
  description:
    'Contexts exist only where GitHub has their values: `env`, `runner`, `job` and `steps` inside steps, `secrets` not in conditions, `matrix` not in the condition of a job. GitHub refuses the workflow.',
  bad: [
    `on: push
jobs:
  test:
    if: secrets.TOKEN != ''
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
    `on: push
jobs:
  test:
    runs-on: \${{ env.RUNNER }}
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: \${{ vars.RUNNER }}
    steps:
      - run: cargo test
        env:
          TOKEN: \${{ secrets.TOKEN }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability'],
  source: 'actionlint: expression, GitHub',
  files: ['workflow', 'action'],
  check: fromProblems('unavailable-context'),
});
