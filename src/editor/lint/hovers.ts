import { Hover, MarkdownString, l10n } from 'vscode';
import type { HoverProvider, Position, TextDocument } from 'vscode';
import type { Finding } from '../../core/lint/finding.js';
import { toRange } from './diagnostics.js';
import type { Checked, Linter } from './linter.js';
import { describeUses } from './uses-hover.js';

/** Explains findings and the actions that steps use. */
export class LintHovers implements HoverProvider {
  readonly #linter: Linter;

  constructor(linter: Linter) {
    this.#linter = linter;
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const checked = await this.#linter.current(document);
    if (checked === undefined) return undefined;
    const offset = document.offsetAt(position);
    const here = checked.findings.filter(({ start, end }) => start <= offset && offset <= end);
    const uses = usesAt(checked, offset);
    const described = uses === undefined ? undefined : describeUses(uses, checked);
    const contents = [...explain(here, checked), ...(described === undefined ? [] : [described])];
    if (contents.length === 0) return undefined;
    const range = uses?.node ?? here.at(-1);
    return new Hover(contents, range === undefined ? undefined : toRange(range, checked.document.lines));
  }
}

/** What the rules of some findings are about, each once. */
function explain(findings: readonly Finding[], { engine }: Checked): MarkdownString[] {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const rule = engine.rules.find((candidate) => candidate.code === code);
    if (rule === undefined) return [];
    const more = l10n.t('Documentation');
    return new MarkdownString(`**${rule.title}**\n\n${rule.description}\n\n[${more}](${engine.ruleUrl(code)})`);
  });
}

function usesAt({ document }: Checked, offset: number) {
  return [...document.steps, ...document.jobs]
    .flatMap(({ uses }) => uses ?? [])
    .find(({ node }) => node.start <= offset && offset <= node.end);
}
