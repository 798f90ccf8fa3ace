import { commands, l10n, MarkdownString } from 'vscode';
import type { LanguageModelTool } from 'vscode';
import * as v from 'valibot';
import { textResult } from './text-result.js';

const text = v.pipe(v.string(), v.minLength(1));
const inputSchema = v.object({ version: text, reason: text });

/** Opens the rollback dialogue with an answer in each field. Only the person who sees it can send it. */
export const rollback: LanguageModelTool<v.InferOutput<typeof inputSchema>> = {
  prepareInvocation: ({ input }) => ({
    invocationMessage: l10n.t('Asking to roll back to {0}', input.version),
    confirmationMessages: {
      title: l10n.t('Prepare a rollback to {0}?', input.version),
      message: new MarkdownString().appendText(
        l10n.t('Reason: {0}. You choose and confirm in the dialogue that opens; nothing happens before.', input.reason),
      ),
    },
  }),
  invoke: async ({ input }) => {
    const { version, reason } = v.parse(inputSchema, input);
    await commands.executeCommand('rustCi.rollback', { tag: version, reason });
    return textResult(
      l10n.t('The person was asked. Read the status of the pipeline to find out whether a rollback has begun.'),
    );
  },
};
