import type { Step } from '../../model/workflow';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const duplicateId = rule({
  code: 'duplicate-id',
  category: 'correctness',
  title: 'Two steps with the same id',
  severity: 'error',
  description: 'The id of a step must be unique in its job. Capitals do not distinguish ids.',
  bad: [workflowOf('- id: build\n  run: cargo build\n- id: Build\n  run: cargo build --release')],
  good: [workflowOf('- id: build\n  run: cargo build\n- id: release\n  run: cargo build --release')],
  source: 'actionlint: id, GitHub',
  files: ['workflow', 'action'],
  check: ({ steps, report }) => {
    const seen = new Map<unknown, Map<string, Step>>();
    for (const step of steps) {
      if (step.id === undefined || step.id.text === '') continue;
      const ids = seen.get(step.job) ?? new Map<string, Step>();
      seen.set(step.job, ids);
      const id = step.id.text.toLowerCase();
      const first = ids.get(id)?.id;
      if (first === undefined) ids.set(id, step);
      else
        report(step.id, `Another step has the id "${step.id.text}" already.`, {
          related: [{ start: first.start, end: first.end, message: 'The first step with this id' }],
        });
    }
  },
});
