import { rule } from '../../rule';
import { isGateJob } from './gates';

const workflow = (on: string): string => `name: CI
on:
  pull_request:
${on.replace(/^(?=.)/gm, '    ')}permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - run: cargo test
  test-gate:
    needs: [test]
    if: always()
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: jq -e 'all(.[]; .result == "success")' <<<"$NEEDS"
        env:
          NEEDS: \${{ toJSON(needs) }}
`;

export const pathFilteredGate = rule({
  code: 'path-filtered-gate',
  category: 'pipeline',
  title: 'A required check that a path filter keeps from reporting',
  severity: 'warning',
  description:
    'Where a pull request touches none of the paths, the workflow does not run and its gate never reports: a branch rule that requires it waits for ever. Let the workflow run and decide in a first job what there is to do.',
  bad: [workflow("paths: ['src/**']\n")],
  good: [workflow('branches: [main]\n')],
  links: [
    'https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/troubleshooting-required-status-checks#handling-skipped-but-required-checks',
  ],
  check: ({ workflow: file, jobs, report }) => {
    if (file === undefined || !jobs.some(isGateJob)) return;
    for (const event of ['pull_request', 'pull_request_target']) {
      const config = file.trigger(event)?.config;
      if (config?.kind !== 'map') continue;
      const filter = config.entry('paths') ?? config.entry('paths-ignore');
      if (filter !== undefined)
        report(filter.key, 'Pull requests that this filter leaves out never get the result of the gate.');
    }
  },
});
