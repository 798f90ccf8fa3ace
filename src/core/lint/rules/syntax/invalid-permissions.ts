import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const invalidPermissions = rule({
  code: 'invalid-permissions',
  category: 'syntax',
  title: 'Permissions that do not exist',
  severity: 'error',
  description:
    'A scope or access level that GITHUB_TOKEN does not have. Levels are `read`, `write` and `none`; as a whole `permissions` can be `read-all`, `write-all` or `{}`.',
  bad: [
    `on: push
permissions:
  content: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
    `on: push
permissions:
  contents: readonly
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions'],
  source: 'actionlint: permissions, GitHub',
  check: fromProblems('invalid-permissions'),
});
