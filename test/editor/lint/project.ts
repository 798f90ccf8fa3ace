import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, CodeActionKind, languages, Uri, window, workspace } from 'vscode';
import type { CodeAction, Diagnostic, TextDocument, Range } from 'vscode';
import { eventually } from '../eventually.js';

export const ciPath = '.github/workflows/ci.yml';

/** A workflow in which there is nothing to find, with `steps` (a sequence, not indented) behind its own. */
export function workflow(steps = '', on = 'push'): string {
  const more = steps.replaceAll(/^(?=.)/gm, '      ');
  const head = `on:\n  ${on}:\n    branches: [main]\npermissions: {}\nconcurrency:\n  group: ci-\${{ github.ref }}\n`;
  const job = 'jobs:\n  test:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 10\n    steps:\n      - run: echo\n';
  return `${head}  cancel-in-progress: true\n${job}${more}`;
}

/** A repository in a folder of its own inside the workspace. */
export class Project {
  readonly root: Uri;

  private constructor(root: Uri) {
    this.root = root;
  }

  static async create(): Promise<Project> {
    const folder = workspace.workspaceFolders?.[0];
    assert.ok(folder);
    return new Project(Uri.file(await mkdtemp(join(folder.uri.fsPath, 'lint-'))));
  }

  async remove(): Promise<void> {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(this.root.fsPath, { recursive: true });
    await this.shows([], ciPath);
  }

  uri(path: string): Uri {
    return Uri.joinPath(this.root, path);
  }

  async write(path: string, text: string): Promise<void> {
    await workspace.fs.writeFile(this.uri(path), new TextEncoder().encode(text));
  }

  /** Writes a file and opens it in an editor. */
  async open(text: string, path = ciPath): Promise<TextDocument> {
    await this.write(path, text);
    // Not by openTextDocument, which keeps a document open after its editor is closed.
    await commands.executeCommand('vscode.open', this.uri(path));
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.toString(), this.uri(path).toString());
    return document;
  }

  diagnostics(path = ciPath): Diagnostic[] {
    return languages.getDiagnostics(this.uri(path)).filter(({ source }) => source === 'rust-ci');
  }

  codes(path = ciPath): string[] {
    return this.diagnostics(path).map(codeOf);
  }

  /** Waits until exactly these findings are shown. */
  async shows(codes: readonly string[], path = ciPath): Promise<void> {
    const wanted = [...codes].sort().join();
    await eventually(`${path} shows [${wanted}]`, () => {
      const shown = this.codes(path).sort().join();
      assert.equal(shown, wanted);
      return true;
    });
  }

  /** What is offered for a finding. */
  async actions(code: string, path = ciPath): Promise<CodeAction[]> {
    const diagnostic = this.diagnostics(path).find((one) => codeOf(one) === code);
    assert.ok(diagnostic, `${path} has no finding ${code}`);
    return this.actionsAt(diagnostic.range, CodeActionKind.QuickFix, path);
  }

  async actionsAt(range: Range, kind: CodeActionKind, path = ciPath): Promise<CodeAction[]> {
    return commands.executeCommand('vscode.executeCodeActionProvider', this.uri(path), range, kind.value, 100);
  }
}

export function codeOf({ code }: Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** The action whose title contains `title`. */
export function actionCalled(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((action) => action.title.includes(title));
  assert.ok(found, `"${title}" is not among: ${actions.map((action) => action.title).join(', ')}`);
  return found;
}

/** Does what an action says. */
export async function run({ edit, command }: CodeAction): Promise<void> {
  if (edit !== undefined) assert.ok(await workspace.applyEdit(edit));
  if (command !== undefined)
    await commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}
