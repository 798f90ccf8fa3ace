import { closest } from '../../suggest';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const unknownNeed = rule({
  code: 'unknown-need',
  category: 'correctness',
  title: 'A job waits for one that does not exist',
  severity: 'error',
  description: '`needs` lists jobs of the same workflow by their id. GitHub refuses the file when one is unknown.',
  bad: [workflowOf('- run: cargo test', { job: 'needs: biuld' })],
  good: [
    `${workflowOf('- run: cargo test')}  publish:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: cargo publish\n`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds'],
  source: 'actionlint: job-needs, GitHub',
  check: ({ jobs, workflow, edit, report }) => {
    for (const job of jobs)
      for (const need of job.needs) {
        if (need.text.includes('${{') || workflow?.jobsById.has(need.text.toLowerCase()) === true) continue;
        const meant = closest(
          need.text,
          jobs.filter((other) => other !== job).map((other) => other.id),
        );
        report(
          need,
          `There is no job "${need.text}" in this workflow${meant === undefined ? '' : `; is "${meant}" meant`}.`,
          {
            fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.setScalar(need, meant))],
          },
        );
      }
  },
});
