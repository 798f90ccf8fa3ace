import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const incompleteTrigger = rule({
  code: 'incomplete-trigger',
  category: 'correctness',
  title: 'An event that never starts the workflow',
  severity: 'error',
  description:
    '`schedule` needs a time and `workflow_run` the names of the workflows to wait for. Without them the event starts nothing.',
  bad: [
    workflowOf('- run: cargo audit', { on: '[push, schedule]' }),
    workflowOf('- run: cargo audit', { on: '\n  workflow_run:\n    types: [completed]' }),
  ],
  good: [
    workflowOf('- run: cargo audit', { on: "\n  schedule:\n    - cron: '17 4 * * MON'" }),
    workflowOf('- run: cargo audit', { on: '\n  workflow_run:\n    workflows: [CI]\n    types: [completed]' }),
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows'],
  source: 'actionlint: events',
  check: ({ workflow, report }) => {
    const schedule = workflow?.trigger('schedule');
    if (schedule?.config === undefined) {
      if (schedule !== undefined) report(schedule.key, 'The schedule has no time: write "cron" below it.');
    }
    const run = workflow?.trigger('workflow_run');
    if (run === undefined) return;
    const { config } = run;
    const named = config?.kind === 'map' && config.entry('workflows') !== undefined;
    if (!named && (config === undefined || config.kind === 'map' || (config.kind === 'scalar' && config.isNull)))
      report(run.key, 'Nothing says for which workflows to wait: write "workflows" with their names below it.');
  },
});
