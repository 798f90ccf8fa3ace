import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { checkDefault } from './input-default';

const inputs = (input: string): string =>
  workflowOf('- run: cargo test', {
    on: `\n  workflow_call:\n    inputs:\n      level:\n${input.replace(/^/gm, '        ')}`,
  });

export const callInputs = rule({
  code: 'call-inputs',
  category: 'correctness',
  title: 'An input of a reusable workflow whose default has another type',
  severity: 'error',
  description: 'The `default` of an input must be a value of its `type`: `string`, `number` or `boolean`.',
  bad: [
    inputs('type: number\ndefault: many'),
    inputs('type: boolean\ndefault: sure'),
    inputs('type: string\ndefault: 4'),
  ],
  good: [inputs('type: number\ndefault: 4'), inputs('type: string\ndefault: "4"')],
  source: 'actionlint: events, GitHub',
  check: (context) => {
    const config = context.workflow?.trigger('workflow_call')?.config;
    for (const { value } of (config?.kind === 'map' ? config.map('inputs') : undefined)?.entries ?? []) {
      if (value.kind !== 'map') continue;
      const type = value.scalar('type')?.text;
      const preset = value.scalar('default');
      if (preset === undefined || preset.isNull || preset.text.includes('${{')) continue;
      if (type === 'boolean' || type === 'number' || type === 'string') checkDefault(preset, type, context);
    }
  },
});
