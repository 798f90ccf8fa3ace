import type { Config } from './config/config';
import type { LintDocument } from './document';
import type { Finding, Fix } from './finding';
import type { Node, Range, ScalarNode } from './yaml/node';

/**
 * Ignore comments:
 * `# rust-ci: ignore[code, other-code] reason` at the end of a line, or on a line of its own above;
 * `# rust-ci: ignore-file[code] reason` anywhere; `# zizmor: ignore[audit]` as zizmor reads it.
 */
interface IgnoreComment extends Range {
  readonly tool: 'rust-ci' | 'zizmor';
  readonly wholeFile: boolean;
  readonly codes: readonly { readonly code: string; readonly range: Range; used: boolean }[];
  readonly line: number;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

const pattern = /#(?:[ \t]*(rust-ci):[ \t]*|[ ](zizmor): )ignore(-file)?\[([^\]\n]*)\]/g;

/** Decides which findings stay, and remembers which ignore comments had no effect. */
export class Suppression {
  readonly #document: LintDocument;
  readonly #config: Config;
  readonly #comments: readonly IgnoreComment[];

  constructor(document: LintDocument, config: Config) {
    this.#document = document;
    this.#config = config;
    this.#comments = readComments(document);
  }

  suppresses(finding: Finding): boolean {
    return this.#byComment(finding) || this.#byZizmorConfig(finding) || this.#byActionlintConfig(finding);
  }

  /** Codes in `rust-ci` ignore comments that suppressed nothing. */
  unused(): { readonly code: string; readonly range: Range; readonly comment: Range }[] {
    return this.#comments
      .filter((comment) => comment.tool === 'rust-ci')
      .flatMap((comment) =>
        comment.codes.filter(({ used }) => !used).map(({ code, range }) => ({ code, range, comment })),
      );
  }

  #byComment(finding: Finding): boolean {
    if (this.#comments.length === 0) return false;
    let suppressed = false;
    let lines: { first: number; last: number; from: number } | undefined;
    for (const comment of this.#comments) {
      const entry = comment.codes.find(({ code }) => code === finding.code);
      if (entry === undefined) continue;
      lines ??= this.#linesOf(finding);
      const onLines = comment.line >= lines.from && comment.line <= lines.last;
      const elsewhere =
        comment.tool === 'zizmor'
          ? this.#isAbout(comment, finding)
          : comment.alone && (this.#isAbove(comment, lines.first) || this.#isAbove(comment, lines.from));
      if (!comment.wholeFile && !onLines && !elsewhere) continue;
      entry.used = true;
      suppressed = true;
    }
    return suppressed;
  }

  /**
   * zizmor's comments count wherever a finding points: in the whole step or job that it is about, or at the trigger that
   * makes a workflow a release.
   */
  #isAbout(comment: IgnoreComment, finding: Finding): boolean {
    const { lines } = this.#document;
    return [...finding.related, ...this.#subjectsOf(finding)].some(
      ({ start, end }) => comment.line >= lines.lineAt(start) && comment.line <= lines.lineAt(Math.max(start, end - 1)),
    );
  }

  #subjectsOf({ code, start }: Finding): readonly Range[] {
    const { jobs, steps, workflow, root } = this.#document;
    const holds = (range: Range): boolean => range.start <= start && start < range.end;
    const job = jobs.find(({ entry }) => holds(entry));
    switch (code) {
      case 'concurrency-limits':
        return [workflow?.onEntry, ...jobs.flatMap(({ key, name }) => [key, name])].filter(
          (range) => range !== undefined,
        );
      case 'excessive-permissions':
        // What is written down counts where it stands; what is missing counts for the whole job or file.
        if ([workflow, ...jobs].some((owner) => owner?.permissions !== undefined && holds(owner.permissions)))
          return [];
        return job !== undefined ? [job.entry] : root === undefined ? [] : [root];
      case 'secrets-outside-env':
        return job === undefined ? [] : [job.entry];
      default:
        return steps.filter(({ node }) => holds(node)).map(({ node }) => node);
    }
  }

  /** The finding's own lines, and the line of the key whose value it lies in (`run: |  # zizmor: ignore[…]`). */
  #linesOf(finding: Finding): { first: number; last: number; from: number } {
    const { lines, tree } = this.#document;
    const first = lines.lineAt(finding.start);
    const last = lines.lineAt(Math.max(finding.start, finding.end - 1));
    const key = tree.root === undefined ? undefined : innermostKey(tree.root, finding.start);
    return { first, last, from: key === undefined ? first : Math.min(first, lines.lineAt(key.start)) };
  }

  /** Whether only comments stand between a comment and a line below it. */
  #isAbove(comment: IgnoreComment, below: number): boolean {
    if (comment.line >= below) return false;
    for (let line = comment.line + 1; line < below; line++)
      if (!/^\s*#/.test(this.#document.lines.textOf(line))) return false;
    return true;
  }

  #byZizmorConfig(finding: Finding): boolean {
    const { disabled, ignores } = this.#config.zizmor;
    if (finding.category !== 'security') return false;
    if (disabled.has(finding.code)) return true;
    const places = ignores.get(finding.code);
    if (places === undefined || places.length === 0) return false;
    const name = this.#document.path.replace(/^.*\//, '');
    const { line, column } = this.#document.lines.position(finding.start);
    return places.some(
      (place) =>
        place.file === name &&
        (place.line === undefined || place.line === line) &&
        (place.column === undefined || place.column === column),
    );
  }

  #byActionlintConfig(finding: Finding): boolean {
    return this.#config.actionlint.ignores.some(
      ({ path, messages }) =>
        path.test(this.#document.path) &&
        messages.some((message) => message.test(finding.message) || message.test(finding.code)),
    );
  }
}

function readComments(document: LintDocument): IgnoreComment[] {
  const { text, lines } = document;
  if (!text.includes('ignore[') && !text.includes('ignore-file[')) return [];
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, , zizmor, file, list = ''] = match;
    // In a script it is a comment of the shell, which zizmor does not read.
    if (zizmor !== undefined && isInBlock(document, match.index)) return [];
    const end = match.index + whole.length;
    const listStart = end - 1 - list.length;
    const line = lines.lineAt(match.index);
    return {
      start: match.index,
      end,
      tool: zizmor === undefined ? 'rust-ci' : 'zizmor',
      wholeFile: file !== undefined,
      codes: [...list.matchAll(/[^\s,]+/g)].map((code) => ({
        code: code[0],
        range: { start: listStart + code.index, end: listStart + code.index + code[0].length },
        used: false,
      })),
      line,
      alone: text.slice(lines.startOf(line), match.index).trim() === '',
    };
  });
}

function isInBlock({ tree, lines }: LintDocument, offset: number): boolean {
  const scalar = tree.root === undefined ? undefined : scalarAt(tree.root, offset);
  const block = scalar?.style === 'literal' || scalar?.style === 'folded';
  return scalar !== undefined && block && lines.lineAt(offset) > lines.lineAt(scalar.start);
}

/** The key of the innermost entry whose value holds an offset. */
function innermostKey(node: Node, offset: number): Range | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.find(({ start, end }) => start <= offset && offset < Math.max(end, start + 1));
    if (entry === undefined) return undefined;
    return innermostKey(entry.value, offset) ?? entry.key;
  }
  if (node.kind !== 'seq') return undefined;
  const item = node.items.find(({ start, end }) => start <= offset && offset < end);
  return item === undefined ? undefined : innermostKey(item, offset);
}

/** The scalar that holds an offset. */
function scalarAt(node: Node, offset: number): ScalarNode | undefined {
  if (node.kind === 'scalar') return node.start <= offset && offset < node.end ? node : undefined;
  const children = node.kind === 'seq' ? node.items : node.entries.flatMap(({ key, value }) => [key, value]);
  for (const child of children) {
    if (child.start > offset || child.end <= offset) continue;
    const found = scalarAt(child, offset);
    if (found !== undefined) return found;
  }
  return undefined;
}

const ownIgnore = /#[ \t]*rust-ci:[ \t]*ignore\[[^\]\n]*(?=\])/;

/** A fix that keeps a finding quiet with a comment, for a person to give a reason in. */
export function ignoreFix(document: LintDocument, finding: Finding, reason = 'TODO: say why'): Fix {
  const { lines, text, tree } = document;
  const title = `Ignore "${finding.code}" here`;
  const insert = (at: number, comment: string): Fix => ({
    title,
    edits: [{ start: at, end: at, text: comment }],
    unsafe: true,
  });
  const scalar = tree.root === undefined ? undefined : scalarAt(tree.root, finding.start);
  // Between the lines of a value a comment would be part of it, or end it.
  const line = lines.lineAt(scalar?.start ?? finding.start);
  const inBlock = scalar !== undefined && (scalar.style === 'literal' || scalar.style === 'folded');
  const known = ignoreOn(inBlock ? line : line - 1);
  if (known !== undefined) return insert(known, `, ${finding.code}`);
  const comment = `# rust-ci: ignore[${finding.code}] ${reason}`;
  const start = lines.startOf(line);
  if (inBlock) return insert(start + lines.textOf(line).trimEnd().length, ` ${comment}`);
  const indentation = /^[ \t]*/.exec(lines.textOf(line))?.[0] ?? '';
  return insert(start, `${indentation}${comment}${text.includes('\r\n') ? '\r\n' : '\n'}`);

  /** Where an ignore comment that stands on a line, alone where the line is no header of a block, takes another code. */
  function ignoreOn(commented: number): number | undefined {
    if (commented < 1) return undefined;
    const content = lines.textOf(commented);
    if (!inBlock && !/^\s*#/.test(content)) return undefined;
    const match = ownIgnore.exec(content);
    return match === null ? undefined : lines.startOf(commented) + match.index + match[0].length;
  }
}
