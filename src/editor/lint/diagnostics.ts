import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  Location,
  Range,
  Uri,
} from 'vscode';
import type { Finding } from '../../core/lint/finding.js';
import type { Range as Offsets } from '../../core/lint/yaml/node.js';
import type { Lines } from '../../core/lint/yaml/lines.js';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated };

/** A finding as VS Code shows it. @param url the page that explains its rule */
export function toDiagnostic(finding: Finding, uri: Uri, lines: Lines, url: string): Diagnostic {
  const diagnostic = new Diagnostic(toRange(finding, lines), finding.message, severities[finding.severity]);
  diagnostic.source = 'rust-ci';
  diagnostic.code = { value: finding.code, target: Uri.parse(url) };
  diagnostic.tags = finding.tags.map((tag) => tags[tag]);
  diagnostic.relatedInformation = finding.related.map(
    (related) => new DiagnosticRelatedInformation(new Location(uri, toRange(related, lines)), related.message),
  );
  return diagnostic;
}

/** Offsets into a checked text as places in the editor. */
export function toRange({ start, end }: Offsets, lines: Lines): Range {
  const from = lines.position(start);
  const to = lines.position(end);
  return new Range(from.line - 1, from.column - 1, to.line - 1, to.column - 1);
}
