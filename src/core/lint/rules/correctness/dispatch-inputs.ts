import { scalars } from '../../yaml/node';
import type { MapNode } from '../../yaml/node';
import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import { workflowOf } from '../examples';
import { checkDefault } from './input-default';

const inputs = (input: string): string =>
  workflowOf('- run: cargo test', {
    on: `\n  workflow_dispatch:\n    inputs:\n      level:\n${input.replace(/^/gm, '        ')}`,
  });

/** GitHub's limit since December 2025; ten before, and on older Enterprise Servers. */
const most = 25;

export const dispatchInputs = rule({
  code: 'dispatch-inputs',
  category: 'correctness',
  title: 'An input of a manual run that contradicts itself',
  severity: 'error',
  description:
    'A `choice` needs `options`, and only a choice has them; a `default` must be one of the options, or a value of the type; an input that is `required` and has a default is never missing. There may be 25 inputs at most.',
  bad: [
    inputs('type: choice'),
    inputs('type: choice\noptions: [info, debug]\ndefault: trace'),
    inputs('type: boolean\ndefault: sure'),
    inputs('type: string\noptions: [a, b]'),
    inputs("type: boolean\ndefault: 'true'"),
    inputs('default: 5'),
  ],
  good: [inputs('type: choice\noptions: [info, debug]\ndefault: info'), inputs('type: boolean\ndefault: true')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs'],
  source: 'actionlint: events, GitHub',
  check: (context) => {
    const config = context.workflow?.trigger('workflow_dispatch')?.config;
    const map = config?.kind === 'map' ? config.map('inputs') : undefined;
    if (map === undefined) return;
    if (map.entries.length > most)
      context.report(
        map.entries[most]?.key ?? map,
        `A manual run has ${map.entries.length} inputs, but GitHub allows ${most}.`,
      );
    for (const { value } of map.entries) if (value.kind === 'map') checkInput(value, context);
  },
});

function checkInput(input: MapNode, context: RuleContext): void {
  const { report } = context;
  const type = input.scalar('type')?.text ?? 'string';
  const options = input.entry('options');
  const preset = input.scalar('default');
  if (type.includes('${{')) return;
  if (type === 'choice') {
    const values = scalars(options?.value);
    const missing = options === undefined || values.length === 0;
    if (missing) report(input.scalar('type') ?? input, 'A choice needs options.');
    const seen = new Set<string>();
    for (const value of values) {
      if (seen.has(value.text)) report(value, `The option "${value.text}" stands here twice.`);
      seen.add(value.text);
      if (value.text === '') report(value, 'An option is empty.');
    }
    if (!missing && preset !== undefined && !preset.isNull && !preset.text.includes('${{') && !seen.has(preset.text))
      report(preset, `The default "${preset.text}" is none of the options.`);
    else if (preset !== undefined) checkDefault(preset, type, context);
    return;
  }
  if (options !== undefined)
    report(input.scalar('type') ?? options.key, `Only a choice has options, but the type is "${type}".`, {
      related: [{ start: options.key.start, end: options.key.end, message: 'The options' }],
    });
  if (preset === undefined || preset.isNull || preset.text.includes('${{')) return;
  checkDefault(preset, type, context);
}
