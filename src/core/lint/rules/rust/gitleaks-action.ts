import { rule } from '../../rule';
import { rustJob } from './examples';

export const gitleaksAction = rule({
  code: 'gitleaks-action',
  category: 'rust',
  title: 'The Gitleaks action where it cannot work',
  severity: 'warning',
  description:
    'The action ends with an error for events it does not know, a merge queue among them, and in organisations without a licence key. The program itself is free: `gitleaks git --redact`.',
  bad: [rustJob('- uses: gitleaks/gitleaks-action@v3').replace('on: push', 'on: [push, merge_group]')],
  good: [rustJob('- run: gitleaks git --redact').replace('on: push', 'on: [push, merge_group]')],
  check: ({ workflow, steps, report }) => {
    if (workflow?.trigger('merge_group') === undefined) return;
    for (const { uses } of steps)
      if (uses?.slug === 'gitleaks/gitleaks-action')
        report(uses.node, 'The Gitleaks action fails in merge queues: it does not know the event merge_group.');
  },
});
