import { nodeId } from '../addresses.js';
import { ApiError, noContent, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { isObject, textOf, type JsonObject } from '../json.js';
import { gitCommit } from '../shapes/commit.js';
import { blobId, foldersOf, treeId, type Files } from '../state/git.js';
import type { RepositoryState } from '../state/repository.js';

export const git: Handlers = {
  'git/get-ref': ({ repository, params }) => {
    const ref = params['ref'] ?? '';
    const sha = read(repository, ref);
    if (sha === undefined) throw notFound();
    return ok(shownRef(repository, `refs/${ref}`, sha));
  },
  'git/list-matching-refs': ({ repository, params }) => {
    const heads = [...repository.git.branches].map(([name, sha]) => [`heads/${name}`, sha] as const);
    const tags = [...repository.git.tags].map(([name, sha]) => [`tags/${name}`, sha] as const);
    const found = [...heads, ...tags].filter(([ref]) => ref.startsWith(params['ref'] ?? ''));
    return ok(found.map(([ref, sha]) => shownRef(repository, `refs/${ref}`, sha)));
  },
  'git/create-ref': (call) => {
    const { repository, body } = call;
    const ref = (textOf(body['ref']) ?? '').replace(/^refs\//, '');
    const sha = textOf(body['sha']) ?? '';
    if (read(repository, ref) !== undefined) throw new ApiError(422, 'Reference already exists');
    if (!/^(heads|tags)\/.+/.test(ref))
      throw new ApiError(422, 'Reference name must start with refs/heads or refs/tags');
    if (!repository.git.commits.has(sha)) throw new ApiError(422, 'Object does not exist');
    write(repository, ref, sha);
    return { status: 201, body: shownRef(repository, `refs/${ref}`, sha) };
  },
  'git/update-ref': ({ repository, params, body }) => {
    const ref = params['ref'] ?? '';
    const sha = textOf(body['sha']) ?? '';
    const before = read(repository, ref);
    if (before === undefined) throw new ApiError(422, 'Reference does not exist');
    if (!repository.git.commits.has(sha)) throw new ApiError(422, 'Object does not exist');
    const forward = repository.git.history(sha).some((commit) => commit.sha === before);
    if (!forward && body['force'] !== true) throw new ApiError(422, 'Update is not a fast forward');
    write(repository, ref, sha);
    return ok(shownRef(repository, `refs/${ref}`, sha));
  },
  'git/delete-ref': ({ repository, params }) => {
    const ref = params['ref'] ?? '';
    if (read(repository, ref) === undefined) throw new ApiError(422, 'Reference does not exist');
    (ref.startsWith('heads/') ? repository.git.branches : repository.git.tags).delete(nameOf(ref));
    return noContent;
  },
  'git/get-commit': ({ repository, params }) => {
    const commit = repository.git.commits.get(params['commit_sha'] ?? '');
    if (commit === undefined) throw notFound();
    return ok(gitCommit(repository, commit));
  },
  'git/create-commit': ({ repository, body, world, viewer }) => {
    const files = repository.git.trees.get(textOf(body['tree']) ?? '');
    if (files === undefined) throw new ApiError(422, 'Tree SHA does not exist');
    const parents = (Array.isArray(body['parents']) ? body['parents'] : []).flatMap((sha) => textOf(sha) ?? []);
    if (parents.some((sha) => !repository.git.commits.has(sha))) throw new ApiError(422, 'Parent SHA does not exist');
    const login = viewer?.login ?? 'ghost';
    const author = { name: viewer?.name ?? login, email: `${login}@example.com`, login };
    const message = textOf(body['message']) ?? '';
    const commit = repository.git.add({ files, parents, message, author, date: world.clock.now });
    return { status: 201, body: gitCommit(repository, commit) };
  },
  'git/get-tree': ({ repository, params, query }) => {
    const ref = params['tree_sha'] ?? '';
    const files = repository.git.trees.get(ref) ?? repository.git.resolve(ref)?.files;
    if (files === undefined) throw notFound();
    // Whatever the value is, as GitHub has it.
    return ok(shownTree(repository, files, query.has('recursive')));
  },
  'git/create-tree': createTree,
  'git/create-blob': ({ repository, body, world }) => {
    const content = textOf(body['content']) ?? '';
    const text = body['encoding'] === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : content;
    const sha = blobId(text);
    repository.git.blobs.set(sha, text);
    return { status: 201, body: { url: `${world.addresses.repository(repository.fullName)}/git/blobs/${sha}`, sha } };
  },
  'git/get-blob': ({ repository, params, world }) => {
    const sha = params['file_sha'] ?? '';
    const text = repository.git.blobs.get(sha);
    if (text === undefined) throw notFound();
    return ok({
      content: base64(text),
      encoding: 'base64',
      url: `${world.addresses.repository(repository.fullName)}/git/blobs/${sha}`,
      sha,
      size: Buffer.byteLength(text),
      node_id: nodeId('B', sha),
    });
  },
};

/** As GitHub writes it: in lines. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n');
}

function nameOf(ref: string): string {
  return ref.replace(/^(heads|tags)\//, '');
}

function read({ git }: RepositoryState, ref: string): string | undefined {
  return ref.startsWith('heads/') ? git.branches.get(nameOf(ref)) : git.tags.get(nameOf(ref));
}

function write({ git }: RepositoryState, ref: string, sha: string): void {
  (ref.startsWith('heads/') ? git.branches : git.tags).set(nameOf(ref), sha);
}

function shownRef({ world, fullName }: RepositoryState, ref: string, sha: string): JsonObject {
  const url = `${world.addresses.repository(fullName)}/git`;
  return {
    ref,
    node_id: nodeId('REF', ref),
    url: `${url}/${ref}`,
    object: { sha, type: 'commit', url: `${url}/commits/${sha}` },
  };
}

/** @param recursive all files; otherwise what lies directly in the folder */
function shownTree({ world, fullName }: RepositoryState, files: Files, recursive = true): JsonObject {
  const url = `${world.addresses.repository(fullName)}/git`;
  const sha = treeId(files);
  const folders = recursive ? [] : [...foldersOf(files)];
  const direct = [...files].filter(([path]) => recursive || !path.includes('/'));
  return {
    sha,
    url: `${url}/trees/${sha}`,
    tree: [
      ...direct.map(([path, text]) => ({
        path,
        mode: '100644',
        type: 'blob',
        sha: blobId(text),
        size: Buffer.byteLength(text),
        url: `${url}/blobs/${blobId(text)}`,
      })),
      ...folders.map(([path, inner]) => ({
        path,
        mode: '040000',
        type: 'tree',
        sha: treeId(inner),
        url: `${url}/trees/${treeId(inner)}`,
      })),
    ],
    truncated: false,
  };
}

function createTree({ repository, body }: Call): Answer {
  const base = textOf(body['base_tree']);
  const before =
    base === undefined ? undefined : (repository.git.trees.get(base) ?? repository.git.resolve(base)?.files);
  if (base !== undefined && before === undefined) throw new ApiError(422, 'base_tree is not a valid tree');
  const files = new Map(before);
  for (const entry of (Array.isArray(body['tree']) ? body['tree'] : []).filter(isObject)) {
    const path = textOf(entry['path']) ?? '';
    const content = textOf(entry['content']) ?? repository.git.blobs.get(textOf(entry['sha']) ?? '');
    if (entry['sha'] === null) files.delete(path);
    else if (content === undefined)
      throw new ApiError(422, `tree.sha ${String(textOf(entry['sha']))} is not a valid blob`);
    else files.set(path, content);
  }
  repository.git.addTree(files);
  return { status: 201, body: shownTree(repository, files) };
}
