import type { Uri } from 'vscode';
import { extensions } from 'vscode';

/** As much of the API of VS Code's git extension as is used here. */
interface Git {
  getRepository(uri: Uri): GitRepository | null;
}
interface GitRepository {
  /** The text of a file at a commit; rejects when either is not there. */
  show(ref: string, path: string): Promise<string>;
  /** What differs between a commit and the working tree. */
  diffWith(ref: string): Promise<readonly { readonly uri: Uri; readonly originalUri: Uri }[]>;
  readonly state: {
    readonly HEAD?: { readonly commit?: string };
    readonly workingTreeChanges: readonly { readonly uri: Uri }[];
    readonly indexChanges: readonly { readonly uri: Uri }[];
    readonly untrackedChanges?: readonly { readonly uri: Uri }[];
  };
}

/** A file as it was at a commit; undefined where git does not have it, or there is no git. */
export async function textAtCommit(file: Uri, sha: string): Promise<string | undefined> {
  try {
    return await repositoryOf(file)?.show(sha, file.fsPath);
  } catch {
    return undefined;
  }
}

/** The files that are different from a commit, as addresses; undefined where git does not know the commit. */
export async function changedSince(root: Uri, sha: string): Promise<ReadonlySet<string> | undefined> {
  const repository = repositoryOf(root);
  if (!repository) return undefined;
  try {
    const changes = await repository.diffWith(sha);
    return new Set(changes.flatMap(({ uri, originalUri }) => [uri.toString(), originalUri.toString()]));
  } catch {
    return undefined;
  }
}

/** The commit that is checked out, and whether anything differs from it. */
export function checkedOut(root: Uri): { readonly sha: string | null; readonly dirty: boolean } {
  const state = repositoryOf(root)?.state;
  const changes = [state?.workingTreeChanges, state?.indexChanges, state?.untrackedChanges];
  return { sha: state?.HEAD?.commit ?? null, dirty: changes.some((list) => (list?.length ?? 0) > 0) };
}

function repositoryOf(uri: Uri): GitRepository | undefined {
  const extension = extensions.getExtension<{ enabled: boolean; getAPI(version: 1): Git }>('vscode.git');
  // Where git is needed it runs already: the store found its repository by it.
  if (extension?.isActive !== true || !extension.exports.enabled) return undefined;
  return extension.exports.getAPI(1).getRepository(uri) ?? undefined;
}
