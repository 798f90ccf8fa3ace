import { Diagnostic, DiagnosticSeverity, l10n, languages, Uri } from 'vscode';
import type { Disposable } from 'vscode';
import { stripAnsi } from '../../core/logs/ansi.js';
import type { Finding } from '../../core/problems/finding.js';
import { fileOf, readRunnerPath } from '../../core/problems/paths.js';
import { findingsInLog } from '../../core/problems/read-log.js';
import { FilePositions } from '../working-copy/position.js';
import type { RepositoryFiles } from '../working-copy/repository-files.js';
import type { FolderGate } from './folder-gates.js';

const severities: Readonly<Record<Finding['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** What gates found that ran here, in the Problems panel, until the gate runs again. */
export class LocalDiagnostics implements Disposable {
  readonly #files: RepositoryFiles;
  readonly #collection = languages.createDiagnosticCollection('rust-ci-local');
  /** By gate; each shows in several files, and several gates show in a file. */
  readonly #found = new Map<string, readonly (readonly [Uri, Diagnostic])[]>();

  constructor(files: RepositoryFiles) {
    this.#files = files;
  }

  clear({ root, id }: FolderGate): void {
    this.#found.delete(`${root.toString()} ${id}`);
    this.#publish();
  }

  /** @param output what the gate wrote */
  async show(gate: FolderGate, output: string): Promise<void> {
    const index = await this.#files.of(gate.root);
    const found: (readonly [Uri, Diagnostic])[] = [];
    const lines = output.split(/\r?\n/).map(stripAnsi);
    for (const finding of findingsInLog(lines)) {
      // A gate that changes files has run in a copy, whose folder ends like this.
      const raw = finding.path?.replace(/^.*[\\/]rust-ci-\w+[\\/]copy[\\/]/, '') ?? null;
      const path = raw === null ? null : fileOf(readRunnerPath(raw, gate.root.fsPath), [], index);
      if (path === null) continue;
      const uri = Uri.joinPath(gate.root, path);
      const positions = await FilePositions.of(uri, null);
      if (!positions) continue;
      const message = finding.detail === '' ? finding.title : `${finding.title}\n${finding.detail}`;
      const diagnostic = new Diagnostic(positions.of(finding).range, message, severities[finding.severity]);
      diagnostic.source = l10n.t('{0}, local', gate.title);
      if (finding.code !== null) {
        diagnostic.code = finding.url === null ? finding.code : { value: finding.code, target: Uri.parse(finding.url) };
      }
      found.push([uri, diagnostic]);
    }
    this.#found.set(`${gate.root.toString()} ${gate.id}`, found);
    this.#publish();
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #publish(): void {
    const byFile = new Map<string, [Uri, Diagnostic[]]>();
    for (const [uri, diagnostic] of [...this.#found.values()].flat()) {
      const file = byFile.get(uri.toString()) ?? [uri, []];
      file[1].push(diagnostic);
      byFile.set(uri.toString(), file);
    }
    this.#collection.clear();
    for (const [uri, diagnostics] of byFile.values()) this.#collection.set(uri, diagnostics);
  }
}
