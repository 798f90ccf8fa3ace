import type { Fix } from '../../finding';
import type { Editor } from '../../fix/editor';
import type { Job, Workflow } from '../../model/workflow';
import { rule } from '../../rule';
import { suggestedFixes } from '../from-problems';

/** Whether a job waits for another one, itself or through others. */
function waitsFor(workflow: Workflow, job: Job, other: Job, seen = new Set<Job>()): boolean {
  if (job === other) return true;
  if (seen.has(job)) return false;
  seen.add(job);
  return job.needs.some((need) => {
    const needed = workflow.jobsById.get(need.text.toLowerCase());
    return needed !== undefined && waitsFor(workflow, needed, other, seen);
  });
}

function needFix(edit: Editor, workflow: Workflow, job: Job, name: string): Fix[] {
  const needed = workflow.jobsById.get(name.toLowerCase());
  if (needed === undefined || waitsFor(workflow, needed, job)) return [];
  const title = `Add "${needed.id}" to the needs of "${job.id}"`;
  const entry = job.node.entry('needs');
  if (entry === undefined) return [edit.fix(title, edit.addEntry(job.node, 'needs', needed.id, { before: 'runs-on' }))];
  if (entry.value.kind === 'seq') return [edit.fix(title, edit.addItem(entry.value, needed.id))];
  const [only] = job.needs;
  return [edit.fix(title, edit.setValue(entry, only === undefined ? needed.id : `[${only.text}, ${needed.id}]`))];
}

export const undefinedNeed = rule({
  code: 'undefined-need',
  category: 'expression',
  title: 'A job that this job does not need',
  severity: 'error',
  description:
    '`needs.<job>` sees the jobs that are listed in `needs` of this job. Others, even those that run earlier, are empty.',
  bad: [
    `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      version: \${{ github.sha }}
    steps:
      - run: cargo build
  test:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ needs.build.outputs.version }}
`,
  ],
  good: [
    `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs:
      version: \${{ github.sha }}
    steps:
      - run: cargo build
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ needs.build.outputs.version }}
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/contexts#needs-context'],
  source: 'actionlint: expression',
  check: (context) => {
    const { workflow, jobs, edit, text } = context;
    for (const problem of context.problems('undefined-need')) {
      const job = jobs.find(({ entry }) => entry.start <= problem.start && problem.end <= entry.end);
      const name = text.slice(problem.start, problem.end).replaceAll("'", '');
      const fixes = workflow === undefined || job === undefined ? [] : needFix(edit, workflow, job, name);
      context.report(problem, problem.message, { fixes: fixes.length > 0 ? fixes : suggestedFixes(context, problem) });
    }
  },
});
