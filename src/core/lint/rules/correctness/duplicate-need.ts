import { rule } from '../../rule';
import { workflowOf } from '../examples';

const build = '  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: cargo build\n';

export const duplicateNeed = rule({
  code: 'duplicate-need',
  category: 'correctness',
  title: 'A job that is needed twice',
  severity: 'warning',
  description: 'A job stands in `needs` more than once. Ids do not distinguish capitals.',
  bad: [workflowOf('- run: cargo test', { job: 'needs: [build, build]' }) + build],
  good: [workflowOf('- run: cargo test', { job: 'needs: [build]' }) + build],
  source: 'actionlint: job-needs',
  check: ({ jobs, edit, report }) => {
    for (const job of jobs) {
      const list = job.node.seq('needs');
      const seen = new Set<string>();
      for (const need of job.needs) {
        const id = need.text.toLowerCase();
        if (seen.has(id))
          report(need, `"${need.text}" is needed twice.`, {
            tags: ['unnecessary'],
            fixes: list === undefined ? [] : [edit.fix('Remove it', edit.removeItem(list, need))],
          });
        seen.add(id);
      }
    }
  },
});
