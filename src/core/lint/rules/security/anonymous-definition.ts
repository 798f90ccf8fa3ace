import { rule } from '../../rule';
import { workflowOf } from '../examples';
import type { MapNode } from '../../yaml/node';

export const anonymousDefinition = rule({
  code: 'anonymous-definition',
  category: 'security',
  title: 'A workflow or job without a name',
  severity: 'off',
  description:
    'Without `name`, GitHub shows the path of the workflow and the id of the job, which makes runs and required checks harder to tell apart. Give each a name.',
  bad: [
    workflowOf('- run: cargo test').replace('name: CI\n', ''),
    workflowOf('- run: cargo test').replace('    name: Test\n', ''),
  ],
  good: [workflowOf('- run: cargo test')],
  source: 'zizmor: anonymous-definition (pedantic)',
  check: ({ workflow, jobs, report }) => {
    if (workflow === undefined) return;
    const first = workflow.node.entries[0];
    if (isUnnamed(workflow.node) && first !== undefined) report(first.key, 'This workflow has no name.');
    for (const job of jobs)
      if (isUnnamed(job.node) && job.uses === undefined) report(job.key, `Job "${job.id}" has no name.`);
  },
});

function isUnnamed(node: MapNode): boolean {
  const name = node.get('name');
  return name === undefined || (name.kind === 'scalar' && name.isNull);
}
