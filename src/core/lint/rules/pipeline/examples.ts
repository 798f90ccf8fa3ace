/** A workflow with two gates and the job that sums them up, of which the head is given. */
export const gateWorkflow = (gate: string): string => `name: CI
on: push
permissions: {}
jobs:
  fmt:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: cargo fmt --check
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - run: cargo test
  test-gate:
${gate.replace(/^(?=.)/gm, '    ')}
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: jq -e 'all(.[]; .result == "success")' <<<"$NEEDS"
        env:
          NEEDS: \${{ toJSON(needs) }}
`;

/** A manifest of a pipeline that has written these files. */
export const manifestOfFiles = (files: readonly string[], template = '1.0.0'): string =>
  JSON.stringify({ schema: 1, template, options: {}, files: Object.fromEntries(files.map((file) => [file, ''])) });

/** Where the pipeline's benchmarks lie. */
export const benchmarksPath = '.github/workflows/benchmarks.yml';

/** The benchmarks workflow as a pipeline might have written it. @param jobs the id of its job, with others before it */
export const benchmarksWorkflow = (jobs: string): string => `# rust-ci template 1.0.0.
name: benchmarks
on: workflow_dispatch
permissions: {}
jobs:
  ${jobs}:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - run: cargo bench
      - uses: actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1
        with:
          name: rust-ci-report
          path: rust-ci-report.json
`;
