import { Uri, l10n, workspace } from 'vscode';
import type { LanguageModelTool } from 'vscode';
import * as v from 'valibot';
import { pathBelow } from '../lint/files.js';
import { lintFile } from '../lint/lint-file.js';
import { textResult } from './text-result.js';

const inputSchema = v.object({ path: v.pipe(v.string(), v.minLength(1)) });

/** Lints a workflow file of the workspace, as it is in the editor, saved or not. */
export const lintWorkflow: LanguageModelTool<v.InferOutput<typeof inputSchema>> = {
  prepareInvocation: ({ input }) => ({ invocationMessage: l10n.t('Linting {0}', input.path) }),
  invoke: async ({ input }) => {
    const { path } = v.parse(inputSchema, input);
    const file = fileOf(path);
    const document = await workspace.openTextDocument(file);
    const { findings = [] } = (await lintFile(file, document.getText())) ?? {};
    if (findings.length === 0) return textResult(l10n.t('Nothing was found in {0}.', path));
    return textResult(
      findings
        .map(({ code, severity, message, start }) => {
          const { line, character } = document.positionAt(start);
          return `${path}:${line + 1}:${character + 1}: ${severity}: ${message} [${code}]`;
        })
        .join('\n'),
    );
  },
};

/** A file inside the workspace. Throws for any other path: a model must not read elsewhere. */
function fileOf(path: string): Uri {
  const absolute = path.startsWith('/') || /^[A-Za-z]:/.test(path);
  for (const { uri } of workspace.workspaceFolders ?? []) {
    // Joined also where it is absolute, for that takes ".." out.
    const file = absolute ? Uri.joinPath(uri.with({ path: '/' }), Uri.file(path).path) : Uri.joinPath(uri, path);
    if (pathBelow(uri, file) !== undefined) return file;
  }
  throw new Error(l10n.t('{0} is not in the workspace.', path));
}
