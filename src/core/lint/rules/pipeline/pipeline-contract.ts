import { rule } from '../../rule';
import { benchmarksPath, benchmarksWorkflow, manifestOfFiles } from './examples';
import { pipelineId } from './manifest';

/** The jobs by which the sidebar knows the gates, and whether the workflow reports. Source: the pipeline's contract. */
const contract: Readonly<Record<string, readonly string[]>> = {
  test: ['detect', 'fmt', 'clippy', 'test', 'coverage', 'test-gate'],
  security: ['detect', 'audit', 'deny', 'gitleaks', 'trivy', 'workflows', 'security-gate'],
  release: ['plan', 'build', 'publish-staging', 'publish-production', 'notify'],
  container: ['detect', 'image', 'notify'],
  rollback: ['detect', 'rollback', 'notify'],
  benchmarks: ['detect', 'benchmarks'],
};

export const pipelineContract = rule({
  code: 'pipeline-contract',
  category: 'pipeline',
  title: 'A workflow of the pipeline that the sidebar can no longer read',
  severity: 'warning',
  description:
    'The sidebar finds gates by the ids of the jobs and by the artifact `rust-ci-report`. One of them was renamed or removed. "Update Rust CI" brings it back and keeps your other changes.',
  bad: [
    {
      path: benchmarksPath,
      text: benchmarksWorkflow('bench'),
      files: { '.github/rust-ci.json': manifestOfFiles([benchmarksPath]) },
    },
  ],
  good: [
    {
      path: benchmarksPath,
      text: benchmarksWorkflow(
        'detect:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: cargo metadata\n  benchmarks',
      ),
      files: { '.github/rust-ci.json': manifestOfFiles([benchmarksPath]) },
    },
  ],
  check: (context) => {
    const { workflow, text: content, report } = context;
    const id = pipelineId(context);
    const wanted = id === undefined ? undefined : contract[id];
    if (wanted === undefined || workflow === undefined) return;
    const jobs = workflow.node.entry('jobs')?.key ?? workflow.node;
    const missing = wanted.filter((job) => !workflow.jobsById.has(job));
    if (missing.length > 0)
      report(
        jobs,
        `The pipeline’s ${missing.length === 1 ? 'job' : 'jobs'} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      );
    if (!content.includes('rust-ci-report'))
      report(jobs, 'Nothing uploads rust-ci-report, from which the sidebar reads the gates.');
  },
});
