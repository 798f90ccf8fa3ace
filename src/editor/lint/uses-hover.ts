import { MarkdownString, l10n } from 'vscode';
import type { ActionMetadata } from '../../core/lint/catalogue/catalogue.js';
import type { Uses } from '../../core/lint/model/uses.js';
import type { Checked } from './linter.js';

interface Input {
  readonly name: string;
  readonly required: boolean;
  readonly deprecated: boolean;
}

/** Version, commit, runtime and inputs of an action, as far as they are known without asking anybody. */
export function describeUses(uses: Uses, { engine, options }: Checked): MarkdownString | undefined {
  if (uses.kind === 'local' || uses.kind === 'self') {
    const action = options.repository?.action(uses.path);
    if (action === undefined) return undefined;
    const inputs = [...action.inputs.values()].map(({ key, required, hasDefault, deprecated }) => ({
      name: key.text,
      required: required && !hasDefault,
      deprecated: deprecated !== undefined,
    }));
    return render(action.name?.text ?? uses.path, [runtime(action.using?.text)], inputs);
  }
  const metadata = engine.metadataOf(uses);
  if (metadata === undefined) return undefined;
  const inputs = [...metadata.inputs.values()].map(({ name, required, hasDefault, deprecated }) => ({
    name,
    required: required && !hasDefault,
    deprecated: deprecated !== undefined,
  }));
  return render(metadata.name, [...versions(uses, metadata), runtime(metadata.using)], inputs);
}

/** What is used, and what the newest release of the same major version is. */
function versions(uses: Uses, { tag, sha }: ActionMetadata): string[] {
  const used = uses.pinned ? uses.version : uses.ref;
  const lines = used === undefined ? [] : [l10n.t('Version: {0}', code(used))];
  if (uses.pinned) lines.push(l10n.t('Commit: {0}', code(uses.ref)));
  if (tag !== undefined && sha !== undefined && sha !== uses.ref)
    lines.push(l10n.t('Newest release known: {0} at {1}', code(tag), code(sha)));
  return lines;
}

function runtime(using: string | undefined): string {
  return using === undefined ? '' : l10n.t('Runs on: {0}', code(using));
}

function render(name: string, facts: readonly string[], inputs: readonly Input[]): MarkdownString {
  const text = new MarkdownString('**').appendText(name).appendMarkdown('**\n\n');
  for (const fact of facts) if (fact !== '') text.appendMarkdown(`${fact}  \n`);
  if (inputs.length > 0) text.appendMarkdown(`\n${l10n.t('Inputs: {0}', inputs.map(describeInput).join(', '))}`);
  return text;
}

function describeInput({ name, required, deprecated }: Input): string {
  const text = deprecated ? `~~${code(name)}~~` : code(name);
  return required ? `**${text}** (${l10n.t('required')})` : text;
}

/** Text in backquotes; one that contains some itself could break out of them. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
