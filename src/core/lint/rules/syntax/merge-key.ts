import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const mergeKey = rule({
  code: 'merge-key',
  category: 'syntax',
  title: 'A YAML merge key',
  severity: 'error',
  description: 'GitHub reads anchors and aliases, but not the merge key `<<`: to it that is a key like any other.',
  bad: [
    `on: push
env: &env
  A: b
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        env:
          <<: *env
          C: d
`,
  ],
  good: [
    `on: push
env: &env
  A: b
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        env: *env
`,
  ],
  source: 'actionlint: syntax-check',
  files: ['workflow', 'action', 'dependabot'],
  check: fromProblems('merge-key'),
});
