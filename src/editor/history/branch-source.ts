import { l10n } from 'vscode';
import type { Uri } from 'vscode';
import { readHistory } from '../../core/history/line.js';
import { loadGit, type GitRepository } from '../github/git.js';
import type { Found, HistorySource, Report } from './source.js';

/** Where benchmarks.yml keeps the runs (**contract**). */
export const historyBranch = 'benchmark-history';
export const historyFile = 'history.jsonl';

/** The branch as it was fetched last, or as it is checked out here. */
const refs = [`refs/remotes/origin/${historyBranch}`, `refs/heads/${historyBranch}`];

/** As much more of the git extension's repository as is used here. */
type Repository = GitRepository & { show(ref: string, path: string): Promise<string> };

/** The history branch as git has it in the working copy; it works offline. */
export class BranchSource implements HistorySource {
  readonly #root: Uri;

  constructor(root: Uri) {
    this.#root = root;
  }

  async *load(signal: AbortSignal, report: Report): AsyncIterable<Found> {
    report(l10n.t('Reading the branch {0}', historyBranch));
    const text = await this.#text();
    if (text === undefined || signal.aborted) return;
    const { points, problems } = readHistory(`${historyBranch}:${historyFile}`, text);
    yield { points, problems: problems.map(String) };
  }

  async #text(): Promise<string | undefined> {
    const git = await loadGit();
    const repository = git?.repositories.find(({ rootUri }) => rootUri.toString() === this.#root.toString());
    if (!repository) return undefined;
    for (const ref of refs) {
      try {
        return await (repository as Repository).show(ref, historyFile);
      } catch {
        // The next one may be there; where none is, there is no history yet.
      }
    }
    return undefined;
  }
}
