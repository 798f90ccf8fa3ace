import { l10n } from 'vscode';
import type { Memento } from 'vscode';
import * as v from 'valibot';
import { readHistory } from '../../core/history/line.js';
import { GitHubError } from '../../github/problem.js';
import type { OpenRepository } from '../github/github.js';
import { historyBranch, historyFile } from './branch-source.js';
import type { Found, HistorySource, Report } from './source.js';

const treeSchema = v.object({ tree: v.array(v.object({ path: v.optional(v.string()), sha: v.optional(v.string()) })) });
const blobSchema = v.object({ content: v.string(), encoding: v.literal('base64') });

/** The history branch as GitHub has it; only when it has changed since it was read last. */
export class RemoteBranchSource implements HistorySource {
  readonly #repository: OpenRepository;
  readonly #memory: Memento;

  constructor(repository: OpenRepository, memory: Memento) {
    this.#repository = repository;
    this.#memory = memory;
  }

  async *load(signal: AbortSignal, report: Report): AsyncIterable<Found> {
    report(l10n.t('Asking GitHub for the branch {0}', historyBranch));
    const { host, owner, name } = this.#repository.id;
    const key = `rustCi.history.branch ${host}/${owner}/${name}`;
    const sha = await this.#file(signal);
    if (sha === undefined || sha === this.#memory.get(key)) return;
    report(l10n.t('Fetching the branch {0}', historyBranch));
    const { client } = this.#repository;
    const parameters = { owner, repo: name, file_sha: sha };
    const { content } = await client.get(client.rest.git.getBlob, parameters, blobSchema, {
      what: historyFile,
      signal,
    });
    const bytes = Uint8Array.from(atob(content.replace(/\s/g, '')), (character) => character.charCodeAt(0));
    const { points, problems } = readHistory(`${historyBranch}:${historyFile}`, new TextDecoder().decode(bytes));
    yield { points, problems: problems.map(String) };
    await this.#memory.update(key, sha);
  }

  async #file(signal: AbortSignal): Promise<string | undefined> {
    const { client, id } = this.#repository;
    const parameters = { owner: id.owner, repo: id.name, tree_sha: historyBranch };
    try {
      const { tree } = await client.get(client.rest.git.getTree, parameters, treeSchema, {
        what: historyBranch,
        signal,
      });
      return tree.find(({ path }) => path === historyFile)?.sha;
    } catch (error) {
      // Most repositories keep no history branch.
      if (error instanceof GitHubError && error.problem.kind === 'not-found') return undefined;
      throw error;
    }
  }
}
