import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Disposable,
  l10n,
  languages,
  Location,
  Uri,
  workspace,
} from 'vscode';
import type { DiagnosticCollection } from 'vscode';
import type { Finding } from '../../core/problems/finding.js';
import { FilePositions } from '../working-copy/position.js';
import { short } from '../status/words.js';
import type { Findings, GateFindings } from './gate-findings.js';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};
/** Lines of a message: more are in the log. */
const mostLines = 20;

/** Shows what the gates found in the Problems panel, where it is in the working copy now. */
export class RunDiagnostics implements Disposable {
  readonly #findings: Findings;
  readonly #collection: DiagnosticCollection;
  readonly #subscriptions: Disposable;
  #publishing: Promise<void> = Promise.resolve();

  constructor(findings: Findings, name = 'rust-ci-runs') {
    this.#findings = findings;
    this.#collection = languages.createDiagnosticCollection(name);
    this.#subscriptions = Disposable.from(
      this.#collection,
      findings.onDidChange(() => {
        void this.publish();
      }),
      // What was typed moves lines, and may be the repair.
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (this.#collection.has(uri)) void this.publish();
      }),
    );
  }

  /** Shows what is known now. Resolves when it is shown. */
  publish(): Promise<void> {
    return (this.#publishing = this.#publishing.then(() => this.#publish()).catch(() => undefined));
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #publish(): Promise<void> {
    const positions = new Positions();
    const byFile = new Map<string, { uri: Uri; diagnostics: Diagnostic[] }>();
    for (const gate of this.#findings.all) {
      for (const finding of gate.findings) {
        if (finding.path === null) continue;
        const uri = Uri.joinPath(gate.repository.root, finding.path);
        const diagnostic = await toDiagnostic(finding, uri, gate, positions);
        if (!diagnostic) continue;
        const file = byFile.get(uri.toString()) ?? { uri, diagnostics: [] };
        file.diagnostics.push(diagnostic);
        byFile.set(uri.toString(), file);
      }
    }
    this.#collection.forEach((uri) => {
      if (!byFile.has(uri.toString())) this.#collection.delete(uri);
    });
    for (const { uri, diagnostics } of byFile.values()) this.#collection.set(uri, diagnostics);
  }
}

/** Which run found it: "Clippy, test.yml #482". */
export function sourceOf({ gate, run }: Pick<GateFindings, 'gate' | 'run'>): string {
  return `${gate.title}, ${run.path.slice(run.path.lastIndexOf('/') + 1)} #${run.number}`;
}

async function toDiagnostic(
  finding: Finding,
  uri: Uri,
  gate: GateFindings,
  positions: Positions,
): Promise<Diagnostic | undefined> {
  const { run, jobs } = gate;
  const here = (await positions.of(uri, run.sha))?.of(finding);
  if (!here) return undefined;
  const lines = [finding.title, ...(finding.detail === '' ? [] : finding.detail.split('\n'))].slice(0, mostLines);
  if (jobs.length > 1 && finding.jobs.length < jobs.length) lines.push(l10n.t('Only in {0}.', finding.jobs.join(', ')));
  if (here.uncertain) lines.push(l10n.t('This line has changed since {0}, the commit of the run.', short(run.sha)));
  const diagnostic = new Diagnostic(here.range, lines.join('\n'), severities[finding.severity]);
  diagnostic.source = sourceOf(gate);
  if (finding.code !== null) {
    diagnostic.code = finding.url === null ? finding.code : { value: finding.code, target: Uri.parse(finding.url) };
  }
  diagnostic.relatedInformation = await relatedTo(finding, gate, positions);
  return diagnostic;
}

async function relatedTo(
  { related }: Finding,
  { run, repository }: GateFindings,
  positions: Positions,
): Promise<DiagnosticRelatedInformation[]> {
  const found: DiagnosticRelatedInformation[] = [];
  for (const { path, place, message } of related) {
    const uri = Uri.joinPath(repository.root, path);
    const here = (await positions.of(uri, run.sha))?.place(place, null);
    if (here) found.push(new DiagnosticRelatedInformation(new Location(uri, here.range), message));
  }
  return found;
}

/** Each file is compared with its commit once. */
class Positions {
  readonly #known = new Map<string, Promise<FilePositions | undefined>>();

  of(uri: Uri, sha: string): Promise<FilePositions | undefined> {
    const key = `${sha} ${uri.toString()}`;
    let known = this.#known.get(key);
    if (!known) this.#known.set(key, (known = FilePositions.of(uri, sha)));
    return known;
  }
}
