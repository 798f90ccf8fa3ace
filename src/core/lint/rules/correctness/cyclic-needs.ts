import { rule } from '../../rule';
import type { Job, Workflow } from '../../model/workflow';
import type { ScalarNode } from '../../yaml/node';

export const cyclicNeeds = rule({
  code: 'cyclic-needs',
  category: 'correctness',
  title: 'Jobs that wait for each other',
  severity: 'error',
  description: 'Jobs that need each other in a circle can never start. GitHub refuses the file.',
  bad: [
    `on: push
jobs:
  build:
    needs: test
    runs-on: ubuntu-latest
    steps:
      - run: cargo build
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: cargo build
  test:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  source: 'actionlint: job-needs, GitHub',
  check: ({ jobs, workflow, report }) => {
    if (workflow === undefined) return;
    for (const { node, message } of stuck(jobs, workflow)) report(node, message, { severity: 'off' });
    const reported = new Set<Job>();
    for (const job of jobs) {
      if (reported.has(job)) continue;
      const circle = circleOf(job, workflow);
      if (circle === undefined) continue;
      for (const member of circle) reported.add(member);
      const names = [...circle, job].map(({ id }) => id).join(' → ');
      report(job.key, `These jobs wait for each other and can never start: ${names}.`, {
        related: circle.slice(1).map((member) => ({
          start: member.key.start,
          end: member.key.end,
          message: 'Part of the circle',
        })),
      });
    }
  },
});

/** What GitHub's parser lists besides the circles: that no job can start, or which ones wait for one that never does. */
function stuck(
  jobs: readonly Job[],
  { jobsById }: Workflow,
): { readonly node: ScalarNode; readonly message: string }[] {
  const started = new Set<string>();
  let waiting = jobs;
  for (let left = -1; left !== waiting.length;) {
    left = waiting.length;
    for (const { id, needs } of waiting) if (needs.every(({ text }) => started.has(text))) started.add(id);
    waiting = waiting.filter(({ id }) => !started.has(id));
  }
  const [first] = jobs;
  if (first !== undefined && started.size === 0)
    return [{ node: first.key, message: 'No job can start: each waits for another one.' }];
  return waiting.flatMap(({ needs }) =>
    needs
      .filter(({ text }) => !started.has(text) && jobsById.has(text.toLowerCase()))
      .map((node) => ({ node, message: `This job waits for "${node.text}", which never starts.` })),
  );
}

/** The jobs from `start` along `needs` back to it; undefined where there is no such way. */
function circleOf(start: Job, workflow: Workflow): Job[] | undefined {
  const visited = new Set<Job>();
  const follow = (job: Job): Job[] | undefined => {
    for (const need of job.needs) {
      const next = workflow.jobsById.get(need.text.toLowerCase());
      if (next === start) return [job];
      if (next === undefined || visited.has(next)) continue;
      visited.add(next);
      const way = follow(next);
      if (way !== undefined) return [job, ...way];
    }
    return undefined;
  };
  return follow(start);
}
