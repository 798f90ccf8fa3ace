import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { Entry } from '../../yaml/node';
import type { Job, Workflow } from '../../model/workflow';
import { workflowOf } from '../examples';
import { narrowed } from './narrow-permissions';

/** Scopes with which one can change code, releases, packages or what runs; others do less harm. */
const grave = new Set(
  'actions attestations contents deployments id-token issues packages pages pull-requests'.split(' '),
);

export const excessivePermissions = rule({
  code: 'excessive-permissions',
  category: 'security',
  title: 'The token of a job can do more than it needs',
  severity: 'warning',
  description:
    'Without `permissions`, the token has what the repository gives by default, in older ones the right to write everything; write permissions for the whole workflow reach every job. A compromised action or dependency then pushes to your repository. Give the workflow `contents: read` and each job what it needs. The fix works out what known actions and commands need.',
  bad: [
    workflowOf('- run: cargo test', { permissions: '' }),
    workflowOf('- run: cargo test', { permissions: 'write-all' }),
    `${workflowOf('- run: gh release create v1', { permissions: '\n  contents: write' })}  other:\n    name: Other\n    runs-on: ubuntu-latest\n    steps:\n      - run: cargo test\n`,
    workflowOf('- run: cargo test', { job: 'permissions: write-all' }),
  ],
  good: [
    workflowOf('- run: cargo test', { permissions: '\n  contents: read' }),
    workflowOf('- run: gh release create v1', { job: 'permissions:\n  contents: write' }),
  ],
  source: 'zizmor: excessive-permissions',
  check: (context) => {
    const { workflow, jobs } = context;
    if (workflow === undefined) return;
    const open = jobs.filter(({ permissions }) => permissions === undefined);
    const reusable = workflow.triggers.some(({ event }) => event === 'workflow_call');
    const onlyReusable = reusable && workflow.triggers.length === 1;
    // With one job, or where every job says what it needs, the workflow's permissions reach no job by accident.
    const contained = jobs.length < 2 || open.length === 0;
    if (workflow.permissions === undefined) unset(context, workflow, open, { contained, reusable, onlyReusable });
    else checkBlock(context, workflow.permissions, contained, open);
    for (const { permissions } of jobs)
      if (permissions?.value.kind === 'scalar' && /^(?:read|write)-all$/.test(permissions.value.text))
        checkBlock(context, permissions, false, []);
  },
});

function unset(
  context: RuleContext,
  workflow: Workflow,
  open: readonly Job[],
  { contained, reusable, onlyReusable }: { contained: boolean; reusable: boolean; onlyReusable: boolean },
): void {
  const [first] = workflow.node.entries;
  if (first === undefined) return;
  const fix = narrowed(context, workflow);
  const fixes = fix === undefined ? [] : [fix];
  const at = workflow.node.flow ? { start: workflow.node.start, end: workflow.node.start + 1 } : first.key;
  const loud = !contained && !reusable;
  context.report(at, 'Without "permissions", every job gets what the repository allows by default.', {
    severity: loud ? 'warning' : 'off',
    fixes,
  });
  for (const job of open)
    context.report(job.key, `Job "${job.id}" gets the default permissions of the repository.`, {
      // One warning is enough where the one above says the same for all jobs.
      severity: onlyReusable ? 'off' : loud ? 'info' : 'warning',
      fixes,
    });
}

function checkBlock(context: RuleContext, block: Entry, contained: boolean, open: readonly Job[]): void {
  const { report, workflow } = context;
  if (workflow === undefined) return;
  const own = block === workflow.permissions;
  const fix = narrowed(context, workflow, own ? undefined : block);
  const fixes = fix === undefined ? [] : [fix];
  const severity = contained ? 'off' : 'warning';
  const { value } = block;
  if (value.kind === 'scalar' && /^(?:read|write)-all$/.test(value.text)) {
    report(
      { start: block.start, end: block.end },
      `${value.text} gives more than any job needs: name the permissions.`,
      { severity, fixes },
    );
    return;
  }
  if (value.kind !== 'map') return;
  for (const { key, value: level, start, end } of value.entries)
    if (level.kind === 'scalar' && level.text === 'write')
      report(
        { start, end },
        `"${key.text}: write" reaches ${open.length === 1 ? 'the whole workflow' : 'every job'}: give it to the job that needs it.`,
        {
          severity: contained ? 'off' : grave.has(key.text) ? 'warning' : 'info',
          fixes,
        },
      );
}
