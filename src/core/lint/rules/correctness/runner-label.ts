import { closest } from '../../suggest';
import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { hostedLabels, judgeLabel, systemOf, imageOf } from './labels';
import { runnerLabels } from './runner-labels';

const runsOn = (label: string): string =>
  workflowOf('- run: cargo test').replace('runs-on: ubuntu-latest', `runs-on: ${label}`);

export const runnerLabel = rule({
  code: 'runner-label',
  category: 'correctness',
  title: 'A runner that nobody offers',
  severity: 'error',
  description:
    'The label is none of GitHub’s own runners and none of the known hosts of runners, so the job would wait for a day and fail. Labels of your own runners belong into `self-hosted-runner.labels` of `.github/actionlint.yaml`. Behind `self-hosted` any label is fine.',
  bad: [runsOn('ubuntu-lates'), runsOn('ubuntu-20.04'), runsOn('[ubuntu-latest, windows-latest]')],
  good: [runsOn('ubuntu-24.04'), runsOn('[self-hosted, gpu]'), runsOn('blacksmith-4vcpu-ubuntu-2404')],
  links: ['https://docs.github.com/actions/reference/runners/github-hosted-runners'],
  source: 'actionlint: runner-label',
  check: ({ jobs, config, edit, report }) => {
    const own = config.actionlint.runnerLabels;
    for (const job of jobs) {
      if (job.runsOn === undefined) continue;
      const labels = runnerLabels(job);
      const list = job.runsOn.kind === 'seq' || job.runsOn.kind === 'map';
      if (list && labels.some(({ text }) => text.toLowerCase() === 'self-hosted')) continue;
      for (const { text, node, nested } of labels) {
        if (text === '') continue;
        const verdict = judgeLabel(text, own);
        if (verdict.kind === 'removed')
          report(node, `GitHub has removed the image "${text}".`, {
            fixes: [edit.unsafeFix(`Change to ${verdict.instead}`, edit.setScalar(node, verdict.instead))],
          });
        else if (verdict.kind === 'unknown') {
          const meant = closest(text, hostedLabels);
          report(
            node,
            `No known runner has the label "${text}"${meant === undefined ? '' : `; is "${meant}" meant`}.`,
            {
              // Whoever builds matrices like that has runners of their own more often than not.
              severity: nested && meant === undefined ? 'info' : undefined,
              fixes: meant === undefined ? [] : [edit.unsafeFix(`Change to ${meant}`, edit.setScalar(node, meant))],
            },
          );
        }
      }
      if (job.runsOn.kind !== 'seq') continue;
      let first: string | undefined;
      for (const item of job.runsOn.items) {
        if (item.kind !== 'scalar') continue;
        const image = imageOf(item.text);
        if (image === undefined) continue;
        if (first !== undefined && image !== first)
          report(item, `A job runs on one runner, which cannot be ${first} and ${item.text} at once.`, {
            severity: systemOf(first) === systemOf(image) ? 'warning' : 'error',
          });
        first ??= image;
      }
    }
  },
});
