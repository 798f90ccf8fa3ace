import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const requiredWithDefault = rule({
  code: 'required-with-default',
  category: 'correctness',
  title: 'A required input that has a default',
  severity: 'hint',
  description:
    'An input that is `required` and has a `default` is never missing where a workflow is called, so `required` says nothing. In the form of a manual run it only keeps a person from emptying the field.',
  bad: [
    workflowOf('- run: cargo test', {
      on: '\n  workflow_call:\n    inputs:\n      level:\n        type: string\n        required: true\n        default: info',
    }),
  ],
  good: [
    workflowOf('- run: cargo test', {
      on: '\n  workflow_call:\n    inputs:\n      level:\n        type: string\n        default: info',
    }),
  ],
  source: 'actionlint: events',
  check: ({ workflow, edit, report }) => {
    for (const event of ['workflow_call', 'workflow_dispatch']) {
      const config = workflow?.trigger(event)?.config;
      for (const { value } of (config?.kind === 'map' ? config.map('inputs') : undefined)?.entries ?? []) {
        if (value.kind !== 'map') continue;
        const required = value.entry('required');
        const preset = value.scalar('default');
        if (required?.value.kind !== 'scalar' || required.value.value !== true) continue;
        if (preset === undefined || preset.isNull || preset.text === '') continue;
        report(
          event === 'workflow_call' ? preset : required.value,
          'The input is required, but has a default, so it can never be missing.',
          {
            severity: event === 'workflow_call' ? 'warning' : 'off',
            fixes: [edit.fix('Remove "required"', edit.removeEntry(value, required))],
          },
        );
      }
    }
  },
});
