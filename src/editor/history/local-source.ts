import { FileType, l10n, RelativePattern, Uri, workspace } from 'vscode';
import { readCriterion } from '../../core/history/criterion/tree.js';
import { localRunner } from '../../core/history/panel/benchmark.js';
import { pointsOfCriterion } from '../../core/history/points.js';
import type { Point } from '../../core/history/line.js';
import type { Found, HistorySource, Report } from './source.js';

/** Files read at the same time. */
const parallel = 24;
/** A Criterion folder deeper than this was not made by Criterion. */
const deepest = 8;
const wanted = new Set(['estimates.json', 'sample.json', 'benchmark.json']);

/** What Criterion left below `target/criterion`: the last measurement, and the baselines that were saved by name. */
export class LocalSource implements HistorySource {
  readonly #root: Uri;
  readonly #branch: () => Promise<string | undefined>;
  #baselines: ReadonlyMap<string, readonly Point[]> = new Map();

  /** @param branch the branch that is checked out, where there is one */
  constructor(root: Uri, branch: () => Promise<string | undefined>) {
    this.#root = root;
    this.#branch = branch;
  }

  /** By the name given to `--save-baseline`; `base` is the measurement before the last one. */
  get baselines(): ReadonlyMap<string, readonly Point[]> {
    return this.#baselines;
  }

  async *load(signal: AbortSignal, report: Report): AsyncIterable<Found> {
    report(l10n.t('Looking for target/criterion'));
    const folders = await criterionFolders(this.#root);
    const files = (await Promise.all(folders.map((folder) => filesBelow(folder, 0)))).flat();
    if (files.length === 0) return;
    const texts = new Map<string, string>();
    const times = new Map<string, number>();
    for (let start = 0; start < files.length; start += parallel) {
      if (signal.aborted) return;
      report(l10n.t('Reading target/criterion'), start / files.length);
      await Promise.all(files.slice(start, start + parallel).map((file) => this.#read(file, texts, times)));
    }
    const branch = await this.#branch();
    const names = new Set(files.map((file) => parentName(file)));
    const problems: string[] = [];
    const pointsOf = (name: string) => {
      const tree = readCriterion(texts, name);
      problems.push(...tree.problems.map(String));
      return tree.benchmarks.flatMap((benchmark) => {
        const time = times.get(`${benchmark.folder}/${name}`) ?? 0;
        const at = new Date(time).toISOString();
        const where = {
          commit: undefined,
          run: time,
          attempt: 1,
          branch,
          runner: localRunner,
          toolchain: undefined,
          at,
        };
        return pointsOfCriterion([benchmark], where);
      });
    };
    names.delete('new');
    this.#baselines = new Map([...names].map((name) => [name, pointsOf(name)]));
    yield { points: pointsOf('new'), problems };
  }

  async #read(file: Uri, texts: Map<string, string>, times: Map<string, number>): Promise<void> {
    const path = workspace.asRelativePath(file, false);
    const [bytes, { mtime }] = await Promise.all([workspace.fs.readFile(file), workspace.fs.stat(file)]);
    texts.set(path, new TextDecoder().decode(bytes));
    const folder = path.slice(0, path.lastIndexOf('/'));
    times.set(folder, Math.max(mtime, times.get(folder) ?? 0));
  }
}

/** `target/criterion` of each package or workspace that has one. */
async function criterionFolders(root: Uri): Promise<Uri[]> {
  const manifests = await workspace.findFiles(
    new RelativePattern(root, '**/Cargo.toml'),
    '{**/target/**,**/node_modules/**,**/vendor/**}',
    500,
  );
  const places = new Map([root, ...manifests.map((uri) => Uri.joinPath(uri, '..'))].map((uri) => [uri.path, uri]));
  const folders = [...places.values()].map((place) => Uri.joinPath(place, 'target/criterion'));
  const found = await Promise.all(folders.map((folder) => workspace.fs.stat(folder).then(isFolder, () => false)));
  return folders.filter((_, index) => found[index]);
}

function isFolder({ type }: { type: FileType }): boolean {
  return (type & FileType.Directory) !== 0;
}

/** The files of measurements, and of `change`. */
async function filesBelow(folder: Uri, depth: number): Promise<Uri[]> {
  if (depth > deepest) return [];
  const entries = await workspace.fs.readDirectory(folder);
  const isMeasurement = entries.some(([name]) => name === 'estimates.json');
  const below = await Promise.all(
    entries.map(async ([name, type]) => {
      const uri = Uri.joinPath(folder, name);
      if (type === FileType.File) return isMeasurement && wanted.has(name) ? [uri] : [];
      return type === FileType.Directory && name !== 'report' ? filesBelow(uri, depth + 1) : [];
    }),
  );
  return below.flat();
}

function parentName(file: Uri): string {
  const name = file.path.split('/').at(-2) ?? '';
  return name === 'change' ? 'new' : name;
}
