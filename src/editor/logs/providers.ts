import { DocumentLink, DocumentSymbol, FoldingRange, FoldingRangeKind, Range, SymbolKind, Uri } from 'vscode';
import type {
  CancellationToken,
  DocumentLinkProvider,
  DocumentSymbolProvider,
  FoldingRangeProvider,
  TextDocument,
} from 'vscode';
import { placesIn } from '../../core/logs/links.js';
import type { PlaceInLog } from '../../core/logs/links.js';
import { placeAt } from '../../core/problems/finding.js';
import { fileOf, foldersOfJob, readRunnerPath } from '../../core/problems/paths.js';
import { FilePositions } from '../working-copy/position.js';
import type { RepositoryFiles } from '../working-copy/repository-files.js';
import { progressWord } from '../status/words.js';
import type { Logs } from './logs.js';

/** Steps fold, and in them the groups. */
export class LogFolding implements FoldingRangeProvider {
  readonly #logs: Logs;

  constructor(logs: Logs) {
    this.#logs = logs;
  }

  provideFoldingRanges({ uri }: TextDocument): FoldingRange[] {
    const { steps = [], groups = [] } = this.#logs.of(uri)?.document ?? {};
    return [...steps, ...groups]
      .filter(({ start, end }) => end > start)
      .map(({ start, end }) => new FoldingRange(start, end, FoldingRangeKind.Region));
  }
}

/** The outline: steps and their groups. */
export class LogOutline implements DocumentSymbolProvider {
  readonly #logs: Logs;

  constructor(logs: Logs) {
    this.#logs = logs;
  }

  provideDocumentSymbols(document: TextDocument): DocumentSymbol[] {
    const log = this.#logs.of(document.uri)?.document;
    if (!log) return [];
    const symbol = (name: string, detail: string, kind: SymbolKind, start: number, end: number) => {
      const heading = document.lineAt(start).range;
      // VS Code refuses symbols without a name.
      return new DocumentSymbol(name.trim() || '…', detail, kind, heading.union(document.lineAt(end).range), heading);
    };
    const groups = log.groups.map(({ title, start, end }) => ({
      start,
      end,
      symbol: symbol(title, '', SymbolKind.Namespace, start, end),
    }));
    if (log.steps.length === 0) return groups.map((group) => group.symbol);
    return log.steps.map(({ step, start, end }) => {
      const one = symbol(step.name, progressWord(step), SymbolKind.Function, start, end);
      one.children = groups.filter((group) => group.start > start && group.end <= end).map((group) => group.symbol);
      return one;
    });
  }
}

/** More links than anybody follows. */
const mostLinks = 5000;

class FileLink extends DocumentLink {
  readonly file: Uri;
  readonly place: PlaceInLog;
  readonly sha: string;

  constructor(range: Range, file: Uri, place: PlaceInLog, sha: string) {
    super(range);
    this.file = file;
    this.place = place;
    this.sha = sha;
  }
}

/** Files of the repository that the log names, at their line as the working copy has it now. */
export class LogLinks implements DocumentLinkProvider {
  readonly #logs: Logs;
  readonly #files: RepositoryFiles;

  constructor(logs: Logs, files: RepositoryFiles) {
    this.#logs = logs;
    this.#files = files;
  }

  async provideDocumentLinks({ uri }: TextDocument, token: CancellationToken): Promise<DocumentLink[]> {
    const log = this.#logs.of(uri);
    if (!log) return [];
    const { root } = log.repository;
    const files = await this.#files.of(root);
    const folders = foldersOfJob(log.job.name);
    const links: DocumentLink[] = [];
    for (const [number, { text }] of log.document.lines.entries()) {
      if (token.isCancellationRequested || links.length >= mostLinks) break;
      for (const place of placesIn(text)) {
        const path = fileOf(readRunnerPath(place.path), folders, files);
        if (path === null) continue;
        const range = new Range(number, place.start, number, place.end);
        links.push(new FileLink(range, Uri.joinPath(root, path), place, log.run.sha));
      }
    }
    return links;
  }

  async resolveDocumentLink(link: DocumentLink): Promise<DocumentLink> {
    if (!(link instanceof FileLink)) return link;
    link.target = link.file;
    if (link.place.line === null) return link;
    const positions = await FilePositions.of(link.file, link.sha);
    const start = positions?.place(placeAt(link.place.line, link.place.column), null).range.start;
    const line = (start?.line ?? link.place.line - 1) + 1;
    const column = start && link.place.column !== null ? `,${start.character + 1}` : '';
    link.target = link.file.with({ fragment: `L${line}${column}` });
    return link;
  }
}
