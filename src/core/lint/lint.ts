import type { Problem, ProblemKind } from './analysis';
import { configOf } from './config/config';
import { LintDocument } from './document';
import { checkExpressions } from './expression/check';
import type { Finding, Severity } from './finding';
import { applyEdits, combine } from './fix/apply';
import { Editor } from './fix/editor';
import type { Repository } from './repository';
import type { Details, Rule, RuleContext } from './rule';
import { rules as allRules } from './rules/index';
import { yamlSyntax } from './rules/syntax/yaml-syntax';
import { unusedIgnore } from './rules/syntax/unused-ignore';
import { gradedSeverity, severityOf } from './settings';
import type { LintSettings } from './settings';
import { Suppression } from './suppression';
import type { Range } from './yaml/node';

export interface LintOptions {
  readonly repository?: Repository | undefined;
  readonly settings?: LintSettings;
  /** Other rules than all of them, for tests. */
  readonly rules?: readonly Rule[];
}

export interface LintResult {
  readonly document: LintDocument;
  /** By place in the file. */
  readonly findings: readonly Finding[];
  /** Rules that failed: a defect of this linter, never of the file. */
  readonly crashes: readonly Crash[];
}

export interface Crash {
  readonly code: string;
  readonly error: unknown;
}

/** A file with more findings than this is no workflow anybody works on. */
const maxFindings = 2000;

/**
 * Checks one file. Never throws.
 *
 * @param path POSIX, relative to the repository's root where there is one; decides with the content what kind of file it is
 */
export function lint(path: string, text: string, options: LintOptions = {}): LintResult {
  return lintDocument(new LintDocument(path, text), options);
}

/** Checks a document that is already read. */
export function lintDocument(document: LintDocument, options: LintOptions = {}): LintResult {
  return new Run(document, options).result();
}

class Run {
  readonly #document: LintDocument;
  readonly #options: LintOptions;
  readonly #settings: LintSettings;
  readonly #findings: Finding[] = [];
  readonly #seen = new Set<string>();
  readonly #crashes: Crash[] = [];
  readonly #context: RuleContext;
  /** The rule that runs, and how loud it is. */
  #current: { readonly rule: Rule; readonly severity: Severity } | undefined;
  #problems: Map<ProblemKind, Problem[]> | undefined;

  constructor(document: LintDocument, options: LintOptions) {
    this.#document = document;
    this.#options = options;
    this.#settings = options.settings ?? {};
    this.#context = {
      document,
      path: document.path,
      text: document.text,
      workflow: document.workflow,
      action: document.action,
      dependabot: document.dependabot,
      jobs: document.jobs,
      steps: document.steps,
      expressions: this.#guard('schema', () => document.expressions) ?? [],
      repository: options.repository,
      config: configOf(options.repository),
      edit: new Editor(document.text, document.lines),
      problems: (kind) => this.#problemsOf(kind),
      commentBehind: (node) => commentBehind(document, node),
      report: (range, message, details) => {
        this.#report(range, message, details ?? {});
      },
    };
  }

  result(): LintResult {
    // What is no YAML has no structure to check: GitHub reads nothing of it either.
    const readable = this.#document.tree.problems.length === 0 && this.#document.root !== undefined;
    for (const rule of this.#options.rules ?? allRules) if (readable || rule === yamlSyntax) this.#check(rule);
    const suppression = new Suppression(this.#document, this.#context.config);
    let findings = this.#findings.filter((finding) => !suppression.suppresses(finding));
    if (this.#options.rules === undefined && readable) findings = findings.concat(this.#unused(suppression));
    findings.sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1));
    return { document: this.#document, findings, crashes: this.#crashes };
  }

  #check(rule: Rule): void {
    const severity = severityOf(rule, this.#settings);
    if (severity === undefined || !(rule.files ?? ['workflow']).includes(this.#document.kind)) return;
    this.#current = { rule, severity };
    this.#guard(rule.code, () => {
      rule.check(this.#context);
    });
  }

  #report(range: Range, message: string, details: Details): void {
    if (this.#current === undefined) return;
    const { rule, severity: resolved } = this.#current;
    const severity = gradedSeverity(rule, resolved, details.severity, this.#settings);
    if (severity === undefined || this.#findings.length >= maxFindings) return;
    // A node that several aliases share is checked once for each.
    const identity = `${rule.code}\0${range.start}\0${range.end}\0${message}`;
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    this.#findings.push({
      code: rule.code,
      category: rule.category,
      severity,
      message,
      ...within(range, this.#document.text),
      related: details.related ?? [],
      tags: details.tags ?? [],
      fixes: this.#document.tree.explicitKeys ? [] : (details.fixes ?? []),
    });
  }

  #problemsOf(kind: ProblemKind): readonly Problem[] {
    if (this.#problems === undefined) {
      this.#problems = new Map();
      const found = [
        ...(this.#guard('schema', () => this.#document.schemaProblems) ?? []),
        ...(this.#guard('expression', () => checkExpressions(this.#document, this.#context)) ?? []),
      ];
      for (const problem of found) {
        const list = this.#problems.get(problem.kind);
        if (list === undefined) this.#problems.set(problem.kind, [problem]);
        else list.push(problem);
      }
    }
    return this.#problems.get(kind) ?? [];
  }

  #unused(suppression: Suppression): Finding[] {
    const severity = severityOf(unusedIgnore, this.#settings);
    if (severity === undefined) return [];
    return suppression.unused().map(({ code, range, comment }) => ({
      code: unusedIgnore.code,
      category: unusedIgnore.category,
      severity,
      message: `Nothing here is ignored by "${code}".`,
      start: range.start,
      end: range.end,
      related: [],
      tags: ['unnecessary' as const],
      fixes: removeIgnore(this.#document, range, comment),
    }));
  }

  /** Runs a part of the check; its failure is noted and costs nothing else. */
  #guard<T>(code: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#crashes.push({ code, error });
      return undefined;
    }
  }
}

/** Takes a code out of an ignore comment, and the comment with its last code. */
function removeIgnore(document: LintDocument, code: Range, comment: Range): Finding['fixes'] {
  const { text, lines } = document;
  const others = /\[(.*)\]/.exec(text.slice(comment.start, comment.end))?.[1]?.split(',').length ?? 1;
  if (others > 1) {
    const behind = /^\s*,\s*/.exec(text.slice(code.end, comment.end))?.[0].length;
    const before = /,\s*$/.exec(text.slice(comment.start, code.start))?.[0].length ?? 0;
    const edit =
      behind === undefined
        ? { start: code.start - before, end: code.end, text: '' }
        : { start: code.start, end: code.end + behind, text: '' };
    return [{ title: 'Remove it from the ignore comment', edits: [edit] }];
  }
  const line = lines.lineAt(comment.start);
  const start = lines.startOf(line);
  const lead = text.slice(start, comment.start);
  const edit =
    lead.trim() === ''
      ? { start, end: lines.startOf(line + 1), text: '' }
      : { start: start + lead.trimEnd().length, end: lines.endOf(line), text: '' };
  return [{ title: 'Remove the ignore comment', edits: [edit] }];
}

/** A rule's arithmetic must not take an editor out of the text. */
function within(range: Range, text: string): Range {
  const start = Math.max(0, Math.min(range.start, text.length));
  return { start, end: Math.max(start, Math.min(range.end, text.length)) };
}

function commentBehind(document: LintDocument, node: Range): string | undefined {
  const { lines, text } = document;
  const rest = text.slice(node.end, lines.endOf(lines.lineAt(Math.max(node.start, node.end - 1))));
  return /^[ \t,\]}'"]*[ \t]#(.*)$/.exec(rest)?.[1]?.trim();
}

/**
 * Applies the safe fixes of a file until nothing is left to fix.
 *
 * @param wanted which findings to repair; all of them without it
 */
export function fixAll(
  path: string,
  text: string,
  options: LintOptions = {},
  wanted: (finding: Finding) => boolean = () => true,
): string {
  let current = text;
  // Fixes that touch the same place take turns, as those of a script with many values do.
  for (let round = 0; round < 200; round++) {
    const { findings } = lint(path, current, options);
    const fixes = findings
      .filter(wanted)
      .flatMap(({ fixes: [first] }) => (first === undefined || first.unsafe === true ? [] : [first]));
    const next = applyEdits(current, combine(fixes));
    if (next === current) break;
    current = next;
  }
  return current;
}
