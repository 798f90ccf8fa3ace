import { rule } from '../../rule';
import { workflowOf } from '../examples';

const group = 'group: ${{ github.workflow }}-${{ github.ref }}';

export const concurrencyLimits = rule({
  code: 'concurrency-limits',
  category: 'security',
  title: 'No limit on runs at the same time',
  severity: 'off',
  description:
    'Without `concurrency`, every push starts another run while the earlier ones go on: outdated runs hold runners, and an attacker can use them up with many small pushes. Set a group, and `cancel-in-progress: true` where the newest run makes the others pointless.',
  bad: [workflowOf('- run: cargo test'), workflowOf('- run: cargo test', { top: 'concurrency: ci' })],
  good: [
    workflowOf('- run: cargo test', { top: `concurrency:\n  ${group}\n  cancel-in-progress: true` }),
    workflowOf('- run: cargo test', { on: 'workflow_call' }),
  ],
  source: 'zizmor: concurrency-limits (pedantic)',
  check: ({ workflow, jobs, edit, report }) => {
    if (workflow?.onEntry === undefined) return;
    const { onEntry, concurrency, node } = workflow;
    if (workflow.triggers.length > 0 && workflow.triggers.every(({ event }) => event === 'workflow_call')) return;
    if (concurrency !== undefined) {
      const { value } = concurrency;
      if (value.kind === 'scalar')
        report(
          concurrency.key,
          'Runs of one group wait for each other: say with cancel-in-progress whether a new run ends the old one.',
          {
            fixes: [
              edit.unsafeFix(
                'Cancel runs in progress',
                edit.setValue(concurrency, `\n  group: ${value.text}\n  cancel-in-progress: true`),
              ),
            ].slice(0, value.isNull ? 0 : 1),
          },
        );
      return;
    }
    // What a job says for itself is enough for this job.
    const open = jobs.filter((job) => job.uses === undefined && job.concurrency?.value.kind !== 'map');
    if (open.length === 0) return;
    const at = node.flow ? { start: node.start, end: node.start + 1 } : onEntry.key;
    report(at, 'Nothing limits how many runs of this workflow go on at the same time.', {
      related: open.map((job) => ({
        start: job.key.start,
        end: job.key.end,
        message: `Job "${job.id}" is not limited.`,
      })),
      fixes: node.flow
        ? []
        : [
            edit.unsafeFix(
              'Cancel outdated runs',
              edit.addEntry(node, 'concurrency', `\n  ${group}\n  cancel-in-progress: true`, { before: 'jobs' }),
            ),
          ],
    });
  },
});
