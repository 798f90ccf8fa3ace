import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const undefinedInput = rule({
  code: 'undefined-input',
  category: 'expression',
  title: 'An input that is not declared',
  severity: 'error',
  description:
    '`inputs` has what `workflow_dispatch` or `workflow_call` declares, and in an action the inputs of the action. Everything else is empty.',
  bad: [
    `on:
  workflow_dispatch:
    inputs:
      version:
        type: string
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ inputs.versoin }}
`,
  ],
  good: [
    `on:
  workflow_dispatch:
    inputs:
      version:
        type: string
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ inputs.version }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#inputs-context'],
  source: 'actionlint: expression',
  files: ['workflow', 'action'],
  check: fromProblems('undefined-input'),
});
