import { rule } from '../../rule';

/** Reported by the engine, which alone knows what an ignore comment suppressed. */
export const unusedIgnore = rule({
  code: 'unused-ignore',
  category: 'syntax',
  title: 'An ignore comment that ignores nothing',
  severity: 'warning',
  description:
    'A comment `# rust-ci: ignore[code]` names a rule that finds nothing there. Such comments outlive what they were written for, and would hide the next real finding. Remove the code, or the whole comment.',
  bad: [
    `on: push
jobs:
  test:
    # rust-ci: ignore[duplicate-key] needed once
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  files: ['workflow', 'action', 'dependabot'],
  check: () => undefined,
});
