import type { Finding, Severity } from '../../core/lint/finding';
import { isSafe, ruleUrl } from '../../core/lint/finding';
import type { LintResult } from '../../core/lint/lint';
import type { Rule } from '../../core/lint/rule';

/** The findings of one file. */
export interface FileReport {
  /** As the person named it. */
  readonly file: string;
  readonly result: LintResult;
  readonly findings: readonly Finding[];
}

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

/** One finding as `--format json` and `--batch` print it; lines and columns from 1. */
export interface JsonFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: string;
  readonly category: string;
  readonly severity: Severity;
  readonly message: string;
  readonly url: string;
  /** `--fix` repairs it. */
  readonly fixable: boolean;
}

export function toJson({ file, result, findings }: FileReport): JsonFinding[] {
  const { lines } = result.document;
  return findings.map((finding) => {
    const start = lines.position(finding.start);
    const end = lines.position(finding.end);
    return {
      file,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      code: finding.code,
      category: finding.category,
      severity: finding.severity,
      message: finding.message,
      url: ruleUrl(finding.code),
      fixable: finding.fixes.some(isSafe),
    };
  });
}

/** @param rules for the rule descriptions that SARIF carries */
export function format(reports: readonly FileReport[], as: Format, rules: readonly Rule[]): string {
  switch (as) {
    case 'text':
      return text(reports);
    case 'json':
      return `${JSON.stringify(reports.flatMap(toJson), undefined, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarif(reports, rules), undefined, 2)}\n`;
    case 'github':
      return reports.flatMap(toJson).map(command).join('');
  }
}

function text(reports: readonly FileReport[]): string {
  const blocks = reports.flatMap((report) => toJson(report).map((finding) => block(report, finding)));
  const all = reports.flatMap(({ findings }) => findings);
  if (all.length === 0) return `No problems in ${counted(reports.length, 'file')}.\n`;
  const kinds = (['error', 'warning', 'info', 'hint'] as const)
    .map((severity) => [severity, all.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === 'info' ? `${count} info` : counted(count, severity)));
  const fixable = all.filter(({ fixes }) => fixes.some(isSafe)).length;
  const hint = fixable === 0 ? '' : ` ${fixable} can be fixed with --fix.`;
  return `${blocks.join('\n')}\n${kinds.join(', ')} in ${counted(reports.length, 'file')}.${hint}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The finding, its line, and a caret below what is wrong. */
function block({ file, result }: FileReport, finding: JsonFinding): string {
  const { line, column, endLine, endColumn, severity, message, code } = finding;
  const source = result.document.lines.textOf(line);
  const until = endLine === line ? endColumn : source.length + 1;
  const margin = ' '.repeat(String(line).length);
  // Tabs stay tabs, so that the caret stands below its column.
  const lead = source.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const caret = '^'.repeat(Math.max(1, Math.min(until - column, source.length - column + 1)));
  return `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n ${line} | ${source}\n ${margin} | ${lead}${caret}\n`;
}

/** A workflow command, which GitHub shows beside the line. */
function command(finding: JsonFinding): string {
  const kind = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' }[finding.severity];
  const property = (value: string | number) => data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const properties = {
    file: finding.file,
    line: finding.line,
    col: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    title: finding.code,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${kind} ${list.join(',')}::${data(finding.message)}\n`;
}

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function sarif(reports: readonly FileReport[], rules: readonly Rule[]): object {
  const found = new Set(reports.flatMap(({ findings }) => findings.map(({ code }) => code)));
  const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rust-ci',
            informationUri: 'https://github.com/rust-ci-pipeline/rust-ci-pipeline',
            rules: rules
              .filter(({ code }) => found.has(code))
              .map(({ code, title, description, category }) => ({
                id: code,
                shortDescription: { text: title },
                help: { text: description, markdown: description },
                helpUri: ruleUrl(code),
                properties: { tags: [category] },
              })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: reports.flatMap(toJson).map((finding) => ({
          ruleId: finding.code,
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(finding.file.replaceAll('\\', '/')) },
                region: {
                  startLine: finding.line,
                  startColumn: finding.column,
                  endLine: finding.endLine,
                  endColumn: finding.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
