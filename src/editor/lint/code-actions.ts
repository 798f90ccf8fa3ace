import { CodeAction, CodeActionKind, SnippetString, SnippetTextEdit, TextEdit, Uri, WorkspaceEdit, l10n } from 'vscode';
import type { CodeActionContext, CodeActionProvider, Diagnostic, Range, TextDocument } from 'vscode';
import type { Finding, Fix, TextEdit as OffsetEdit } from '../../core/lint/finding.js';
import type { GitHub } from '../github/github.js';
import { toRange } from './diagnostics.js';
import type { Checked, Linter } from './linter.js';
import { pinFromGitHub } from './pin-from-github.js';
import { switchOffCommand } from './switch-off.js';

export const fixAllKind = CodeActionKind.SourceFixAll.append('rustCi');
export const actionKinds = [CodeActionKind.QuickFix, fixAllKind];

/** Where a person gives the reason of an ignore comment. */
const reasonPlaceholder = 'TODO: say why';

/** What can be done about findings. */
export class LintActions implements CodeActionProvider {
  readonly #linter: Linter;
  readonly #github: GitHub;

  constructor(linter: Linter, github: GitHub) {
    this.#linter = linter;
    this.#github = github;
  }

  async provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    const checked = await this.#linter.current(document);
    if (checked === undefined) return [];
    const { only } = context;
    if (only?.contains(fixAllKind) === true) return fixEverything(checked);
    if (only !== undefined && !only.contains(CodeActionKind.QuickFix)) return [];
    const here = checked.findings.flatMap((finding, index) => {
      const diagnostic = checked.diagnostics[index];
      return diagnostic?.range.intersection(range) === undefined ? [] : [{ finding, diagnostic }];
    });
    // Repairs of everything here come before what only silences it.
    return [
      ...here.flatMap(({ finding, diagnostic }) => fixes(checked, finding, diagnostic)),
      ...here.flatMap(({ finding, diagnostic }) => pinFromGitHub(checked, finding, diagnostic, this.#github)),
      ...unique(here).flatMap(({ finding, diagnostic }) => fixKind(checked, finding, diagnostic)),
      ...unique(here).flatMap(({ finding, diagnostic }) => update(finding, diagnostic)),
      ...here.map(({ finding, diagnostic }) => ignore(checked, finding, diagnostic)),
      ...unique(here).flatMap(({ finding, diagnostic }) => aboutRule(checked, finding, diagnostic)),
    ];
  }
}

interface Here {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/** The first of each rule. */
function unique(here: readonly Here[]): Here[] {
  return [...new Map([...here].reverse().map((one) => [one.finding.code, one])).values()].reverse();
}

function fixes(checked: Checked, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  return finding.fixes.map((fix, index) => {
    const action = quickFix(fix.title, diagnostic);
    action.edit = edit(checked, fix.edits);
    action.isPreferred = index === 0 && checked.engine.isSafe(fix);
    return action;
  });
}

/** Repairs all findings of a rule, where there are several. */
function fixKind(checked: Checked, { code }: Finding, diagnostic: Diagnostic): CodeAction[] {
  const edits = safeEdits(checked, (finding) => finding.code === code);
  if (edits.fixed < 2) return [];
  const action = quickFix(l10n.t('Fix all {0} "{1}" in this file', edits.fixed, code), diagnostic);
  action.edit = edit(checked, edits.edits);
  return [action];
}

/** The update repairs what has left the pipeline's contract. */
function update({ code }: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (!/^pipeline-(?:contract|outdated|incomplete)$/.test(code)) return [];
  const action = quickFix(l10n.t('Update Rust CI…'), diagnostic);
  action.command = { command: 'rustCi.update', title: action.title };
  return [action];
}

function fixEverything(checked: Checked): CodeAction[] {
  const { edits, fixed } = safeEdits(checked, () => true);
  if (fixed === 0) return [];
  const action = new CodeAction(l10n.t('Fix all Rust CI problems'), fixAllKind);
  action.edit = edit(checked, edits);
  return [action];
}

/** The edits of all safe fixes: one by one where they go together, so that the rest of the file is not touched. */
function safeEdits(
  { engine, document, findings, options, shows }: Checked,
  wanted: (finding: Finding) => boolean,
): { edits: readonly OffsetEdit[]; fixed: number } {
  const { path, text } = document;
  const first = findings
    .filter(wanted)
    .flatMap(({ fixes: [fix] }): Fix[] => (fix !== undefined && engine.isSafe(fix) ? [fix] : []));
  if (first.length === 0) return { edits: [], fixed: 0 };
  const edits = engine.combine(first);
  const result = engine.fixAll(path, text, options, (finding) => wanted(finding) && shows(finding));
  const goTogether = engine.applyEdits(text, edits) === result;
  return { edits: goTogether ? edits : [difference(text, result)], fixed: first.length };
}

/** One edit for everything between the first and the last change. */
function difference(before: string, after: string): OffsetEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

/** Writes an ignore comment, with its reason selected to be typed over. */
function ignore(checked: Checked, finding: Finding, diagnostic: Diagnostic): CodeAction {
  const fix = checked.engine.ignoreFix(checked.document, finding, reasonPlaceholder);
  const action = quickFix(l10n.t('Ignore "{0}" with a reason', finding.code), diagnostic);
  const workspaceEdit = new WorkspaceEdit();
  const edits = fix.edits.map((one) => {
    const range = toRange(one, checked.document.lines);
    if (!one.text.includes(reasonPlaceholder)) return new TextEdit(range, one.text);
    const [before = '', after = ''] = one.text.split(reasonPlaceholder);
    const snippet = new SnippetString().appendText(before).appendPlaceholder(reasonPlaceholder).appendText(after);
    return new SnippetTextEdit(range, snippet);
  });
  workspaceEdit.set(checked.uri, edits);
  action.edit = workspaceEdit;
  return action;
}

function aboutRule({ engine, uri }: Checked, { code }: Finding, diagnostic: Diagnostic): CodeAction[] {
  const explain = quickFix(l10n.t('Open the documentation of "{0}"', code), diagnostic);
  explain.command = { command: 'vscode.open', title: explain.title, arguments: [Uri.parse(engine.ruleUrl(code))] };
  const switchOff = quickFix(l10n.t('Switch "{0}" off in settings', code), diagnostic);
  switchOff.command = { command: switchOffCommand, title: switchOff.title, arguments: [code, uri] };
  return [explain, switchOff];
}

function quickFix(title: string, diagnostic: Diagnostic): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  return action;
}

function edit({ uri, document }: Checked, edits: readonly OffsetEdit[]): WorkspaceEdit {
  const result = new WorkspaceEdit();
  for (const one of edits) result.replace(uri, toRange(one, document.lines), one.text);
  return result;
}
