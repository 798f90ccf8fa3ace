import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import { manifestOf } from './manifest';

/** The jobs by which the sidebar knows the gates, and whether the workflow reports. Source: the pipeline's contract. */
const contract: Readonly<Record<string, readonly string[]>> = {
  test: ['detect', 'fmt', 'clippy', 'test', 'coverage', 'test-gate'],
  security: ['detect', 'audit', 'deny', 'gitleaks', 'trivy', 'workflows', 'security-gate'],
  release: ['plan', 'build', 'publish-staging', 'publish-production', 'notify'],
  container: ['detect', 'image', 'notify'],
  rollback: ['detect', 'rollback', 'notify'],
  benchmarks: ['detect', 'benchmarks'],
};

const manifest = (files: readonly string[], template = '1.0.0'): string =>
  JSON.stringify({ schema: 1, template, options: {}, files: Object.fromEntries(files.map((file) => [file, ''])) });
const path = '.github/workflows/benchmarks.yml';
const text = (jobs: string): string => `# rust-ci template 1.0.0.
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

/** The workflow's id, where it is one that the pipeline wrote. */
function idOf({ repository, path: file }: RuleContext): string | undefined {
  if (manifestOf(repository)?.files.includes(file) !== true) return undefined;
  return /^\.github\/workflows\/(?:rust-ci-)?([a-z]+)\.yml$/.exec(file)?.[1];
}

export const pipelineContract = rule({
  code: 'pipeline-contract',
  category: 'pipeline',
  title: 'A workflow of the pipeline that the sidebar can no longer read',
  severity: 'warning',
  description:
    'The sidebar finds gates by the ids of the jobs and by the artifact `rust-ci-report`. One of them was renamed or removed. "Update Rust CI" brings it back and keeps your other changes.',
  bad: [{ path, text: text('bench'), files: { '.github/rust-ci.json': manifest([path]) } }],
  good: [
    {
      path,
      text: text(
        'detect:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: cargo metadata\n  benchmarks',
      ),
      files: { '.github/rust-ci.json': manifest([path]) },
    },
  ],
  check: (context) => {
    const { workflow, text: content, report } = context;
    const id = idOf(context);
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

export const pipelineOutdated = rule({
  code: 'pipeline-outdated',
  category: 'pipeline',
  title: 'A workflow that is older than the pipeline’s template',
  severity: 'info',
  description:
    'The file was written from an older template than the manifest says. "Update Rust CI" renews it and keeps your changes.',
  bad: [{ path, text: text('benchmarks'), files: { '.github/rust-ci.json': manifest([path], '1.1.0') } }],
  good: [{ path, text: text('benchmarks'), files: { '.github/rust-ci.json': manifest([path]) } }],
  check: (context) => {
    const { text: content, repository, report } = context;
    const header = /^#.*\brust-ci template (\d+\.\d+\.\d+)/m.exec(content);
    const current = manifestOf(repository)?.template;
    if (idOf(context) === undefined || header === null || current === undefined || !older(header[1] ?? '', current))
      return;
    report(
      { start: header.index, end: header.index + header[0].length },
      `This file is of template ${header[1] ?? ''}, the pipeline of ${current}.`,
    );
  },
});

export const pipelineIncomplete = rule({
  code: 'pipeline-incomplete',
  category: 'pipeline',
  title: 'A workflow that calls a script which is gone',
  severity: 'error',
  description:
    'A step runs a script of the pipeline that is not in the repository, so it fails. "Update Rust CI" can restore it.',
  bad: [
    {
      path,
      text: text('benchmarks').replace('cargo bench', 'bash .github/rust-ci/benchmarks.sh'),
      files: { '.github/rust-ci.json': manifest([path]) },
    },
  ],
  good: [
    {
      path,
      text: text('benchmarks').replace('cargo bench', 'bash .github/rust-ci/benchmarks.sh'),
      files: { '.github/rust-ci.json': manifest([path]), '.github/rust-ci/benchmarks.sh': '' },
    },
  ],
  check: ({ steps, repository, report }) => {
    if (manifestOf(repository) === undefined || repository === undefined) return;
    const said = new Set<string>();
    for (const { run } of steps)
      for (const [script] of run?.text.matchAll(/\.github\/rust-ci\/[\w.-]+\.sh\b/g) ?? [])
        if (run !== undefined && !repository.exists(script) && !said.has(script)) {
          said.add(script);
          report(run, `There is no ${script} in this repository.`);
        }
  },
});

function older(version: string, current: string): boolean {
  const [a, b] = [version, current].map((each) => each.split('.').map(Number));
  for (let part = 0; part < 3; part++) if (a?.[part] !== b?.[part]) return (a?.[part] ?? 0) < (b?.[part] ?? 0);
  return false;
}
