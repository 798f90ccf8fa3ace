import { rule } from '../../rule';
import { manifestOf, pipelineId } from './manifest';
import { benchmarksPath, benchmarksWorkflow, manifestOfFiles } from './examples';

export const pipelineOutdated = rule({
  code: 'pipeline-outdated',
  category: 'pipeline',
  title: 'A workflow that is older than the pipeline’s template',
  severity: 'info',
  description:
    'The file was written from an older template than the manifest says. "Update Rust CI" renews it and keeps your changes.',
  bad: [
    {
      path: benchmarksPath,
      text: benchmarksWorkflow('benchmarks'),
      files: { '.github/rust-ci.json': manifestOfFiles([benchmarksPath], '1.1.0') },
    },
  ],
  good: [
    {
      path: benchmarksPath,
      text: benchmarksWorkflow('benchmarks'),
      files: { '.github/rust-ci.json': manifestOfFiles([benchmarksPath]) },
    },
  ],
  check: (context) => {
    const { text: content, repository, report } = context;
    const header = /^#.*\brust-ci template (\d+\.\d+\.\d+)/m.exec(content);
    const current = manifestOf(repository)?.template;
    if (
      pipelineId(context) === undefined ||
      header === null ||
      current === undefined ||
      !older(header[1] ?? '', current)
    )
      return;
    report(
      { start: header.index, end: header.index + header[0].length },
      `This file is of template ${header[1] ?? ''}, the pipeline of ${current}.`,
    );
  },
});

function older(version: string, current: string): boolean {
  const [a, b] = [version, current].map((each) => each.split('.').map(Number));
  for (let part = 0; part < 3; part++) if (a?.[part] !== b?.[part]) return (a?.[part] ?? 0) < (b?.[part] ?? 0);
  return false;
}
