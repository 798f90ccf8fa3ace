import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const undefinedSecret = rule({
  code: 'undefined-secret',
  category: 'expression',
  title: 'A secret that callers cannot pass',
  severity: 'warning',
  description:
    'A reusable workflow that lists its secrets in `workflow_call` is given those and the GITHUB_TOKEN. Another one is empty, unless every caller says `secrets: inherit`. Declare it.',
  bad: [
    `on:
  workflow_call:
    secrets:
      token:
        required: true
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: cargo publish
        env:
          CARGO_REGISTRY_TOKEN: \${{ secrets.registry-token }}
`,
  ],
  good: [
    `on:
  workflow_call:
    secrets:
      registry-token:
        required: true
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: cargo publish
        env:
          CARGO_REGISTRY_TOKEN: \${{ secrets.registry-token }}
`,
  ],
  links: ['https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows'],
  source: 'actionlint: expression',
  check: fromProblems('undefined-secret'),
});
