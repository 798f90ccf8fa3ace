import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const undefinedMatrix = rule({
  code: 'undefined-matrix',
  category: 'expression',
  title: 'A matrix value that no combination has',
  severity: 'error',
  description:
    'The matrix of the job has no row of this name, and no `include` adds it. A value that only some combinations have is fine: it is empty in the others.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        toolchain: [stable, beta]
    steps:
      - run: cargo +\${{ matrix.rust }} test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        toolchain: [stable, beta]
        include:
          - toolchain: beta
            flags: --release
    steps:
      - run: cargo +\${{ matrix.toolchain }} test \${{ matrix.flags }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#matrix-context'],
  source: 'actionlint: expression',
  check: fromProblems('undefined-matrix'),
});
