import { l10n, window } from 'vscode';
import type { DispatchInput } from '../../core/actions/dispatch-inputs.js';

/** Asks for the inputs of a workflow one after the other. Undefined: the person left, and nothing is to be started. */
export async function askInputs(
  title: string,
  inputs: readonly DispatchInput[],
  environments: readonly string[],
): Promise<Record<string, string> | undefined> {
  const values: Record<string, string> = {};
  for (const [index, input] of inputs.entries()) {
    const heading = inputs.length > 1 ? `${title} (${index + 1}/${inputs.length})` : title;
    const value = await ask(heading, input, environments);
    if (value === undefined) return undefined;
    // An empty one that nobody requires is left out, so that the workflow's own default counts.
    if (value !== '' || input.required) values[input.name] = value;
  }
  return values;
}

async function ask(title: string, input: DispatchInput, environments: readonly string[]): Promise<string | undefined> {
  switch (input.type) {
    case 'boolean':
      return pick(title, input, ['true', 'false']);
    case 'choice':
      return input.options.length > 0 ? pick(title, input, input.options) : write(title, input);
    case 'environment':
      return environments.length > 0 ? pick(title, input, environments) : write(title, input);
    case 'number':
    case 'string':
      return write(title, input);
  }
}

async function pick(title: string, input: DispatchInput, options: readonly string[]): Promise<string | undefined> {
  // What counts if nothing is chosen comes first: Enter takes it.
  const first = options.filter((option) => option === input.default);
  const rows = [...first, ...options.filter((option) => option !== input.default)].map((label) => ({
    label,
    description: label === input.default ? l10n.t('default') : '',
  }));
  const picked = await window.showQuickPick(rows, { title, placeHolder: prompt(input), ignoreFocusOut: true });
  return picked?.label;
}

function write(title: string, input: DispatchInput): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt: prompt(input),
    value: input.default,
    ignoreFocusOut: true,
    validateInput: (value) => objection(input, value),
  });
}

/** What is wrong with a value; null for nothing. */
export function objection({ type, required }: DispatchInput, value: string): string | null {
  if (value.trim() === '') return required ? l10n.t('The workflow requires it.') : null;
  return type === 'number' && !Number.isFinite(Number(value)) ? l10n.t('It must be a number.') : null;
}

const prompt = ({ name, description, required }: DispatchInput): string => {
  const text = description === '' ? name : `${name}: ${description}`;
  return required ? text : l10n.t('{0} (optional)', text);
};
