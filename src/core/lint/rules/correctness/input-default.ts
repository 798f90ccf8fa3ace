import type { RuleContext } from '../../rule';
import type { ScalarNode } from '../../yaml/node';

/**
 * Checks the default of an input against its type. GitHub reads `5` for a string and `'true'` for a boolean all the same,
 * but its own parser complains.
 */
export function checkDefault(preset: ScalarNode, type: string, { edit, report }: RuleContext): void {
  const { text, value } = preset;
  if (type === 'number') {
    if (!/^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text))
      report(preset, `The default of a number is a number, not "${text}".`);
  } else if (type === 'boolean') {
    if (!/^(?:true|false)$/i.test(text)) report(preset, `The default of a boolean is true or false, not "${text}".`);
    else if (typeof value !== 'boolean')
      report(preset, `In quotes, "${text}" is a string and no boolean.`, {
        severity: 'info',
        fixes: [edit.fix('Remove the quotes', edit.replace(preset, text.toLowerCase()))],
      });
  } else if (typeof value === 'number' || typeof value === 'boolean')
    report(preset, `The default of a string is ${text} without quotes, which YAML reads as a ${typeof value}.`, {
      severity: 'info',
      fixes: [edit.fix('Put it into quotes', edit.replace(preset, `'${text}'`))],
    });
}
