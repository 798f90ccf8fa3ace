import { rule } from '../../rule';
import { manifestOf } from './manifest';
import { benchmarksPath, benchmarksWorkflow, manifestOfFiles } from './examples';

export const pipelineIncomplete = rule({
  code: 'pipeline-incomplete',
  category: 'pipeline',
  title: 'A workflow that calls a script which is gone',
  severity: 'error',
  description:
    'A step runs a script of the pipeline that is not in the repository, so it fails. "Update Rust CI" can restore it.',
  bad: [
    {
      path: benchmarksPath,
      text: benchmarksWorkflow('benchmarks').replace('cargo bench', 'bash .github/rust-ci/benchmarks.sh'),
      files: { '.github/rust-ci.json': manifestOfFiles([benchmarksPath]) },
    },
  ],
  good: [
    {
      path: benchmarksPath,
      text: benchmarksWorkflow('benchmarks').replace('cargo bench', 'bash .github/rust-ci/benchmarks.sh'),
      files: { '.github/rust-ci.json': manifestOfFiles([benchmarksPath]), '.github/rust-ci/benchmarks.sh': '' },
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
