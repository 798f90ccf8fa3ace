import type { ScalarNode } from '../../yaml/node';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const invalidId = rule({
  code: 'invalid-id',
  category: 'correctness',
  title: 'An id that GitHub does not accept',
  severity: 'error',
  description:
    'Ids of jobs and steps begin with a letter or `_` and have only letters, digits, `-` and `_`. They must not begin with `__`, which GitHub keeps for itself.',
  bad: [workflowOf('- id: build release\n  run: cargo build --release')],
  good: [workflowOf('- id: build-release\n  run: cargo build --release')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_id'],
  source: 'actionlint: id, GitHub',
  files: ['workflow', 'action'],
  check: ({ jobs, steps, edit, report }) => {
    const check = (id: ScalarNode, what: string, canRename: boolean): void => {
      if (id.text.includes('${{') || /^(?!__)[A-Za-z_][\w-]*$/.test(id.text) || id.text === '') return;
      const valid = id.text
        .replace(/[^\w-]+/g, '-')
        .replace(/^(?=[-\d])/, '_')
        .replace(/^__+/, '_');
      report(
        id,
        id.text.startsWith('__')
          ? `Ids that begin with "__" are reserved: "${id.text}".`
          : `"${id.text}" is no valid ${what} id: it must begin with a letter or _ and have only letters, digits, - and _.`,
        { fixes: canRename && valid !== '' ? [edit.unsafeFix(`Rename to ${valid}`, edit.setScalar(id, valid))] : [] },
      );
    };
    for (const job of jobs) check(job.key, 'job', true);
    for (const step of steps) if (step.id !== undefined) check(step.id, 'step', true);
  },
});
