import { ApiError, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { textOf, type JsonObject } from '../json.js';
import { gitCommit } from '../shapes/commit.js';
import { blobId } from '../state/git.js';
import type { RepositoryState } from '../state/repository.js';
import { base64 } from './git.js';

export const contents: Handlers = {
  'repos/get-content': ({ repository, params, query }) => {
    const path = (params['path'] ?? '').replace(/\/$/, '');
    const ref = query.get('ref') ?? repository.defaultBranch;
    const files = repository.git.resolve(ref)?.files;
    if (files === undefined) throw new ApiError(404, `No commit found for the ref ${ref}`);
    const text = files.get(path);
    if (text !== undefined)
      return ok({ ...entry(repository, 'file', path, text, ref), content: base64(text), encoding: 'base64' });
    const prefix = path === '' ? '' : `${path}/`;
    const below = [...files].filter(([name]) => name.startsWith(prefix));
    if (below.length === 0) throw notFound();
    const shown = new Map(
      below.map(([name, content]) => {
        const [first = ''] = name.slice(prefix.length).split('/');
        const isFile = prefix + first === name;
        return [first, entry(repository, isFile ? 'file' : 'dir', prefix + first, isFile ? content : '', ref)] as const;
      }),
    );
    return ok([...shown.values()]);
  },
  'repos/create-or-update-file-contents': write,
};

function entry(
  { world, fullName }: RepositoryState,
  type: 'file' | 'dir',
  path: string,
  text: string,
  ref: string,
): JsonObject {
  const sha = blobId(text);
  const url = `${world.addresses.repository(fullName)}/contents/${path}?ref=${ref}`;
  const git = `${world.addresses.repository(fullName)}/git/${type === 'file' ? 'blobs' : 'trees'}/${sha}`;
  const html = `${world.addresses.page(fullName)}/${type === 'file' ? 'blob' : 'tree'}/${ref}/${path}`;
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha,
    size: Buffer.byteLength(text),
    url,
    html_url: html,
    git_url: git,
    download_url: type === 'file' ? html.replace('/blob/', '/raw/') : null,
    type,
    _links: { self: url, git, html },
  };
}

function write({ repository, params, body, token }: Call): Answer {
  const path = params['path'] ?? '';
  if (path.startsWith('.github/workflows/') && token?.scopes?.includes('workflow') === false) {
    throw new ApiError(404, 'Not Found', {}, { 'x-accepted-oauth-scopes': 'repo, workflow' });
  }
  const branch = textOf(body['branch']) ?? repository.defaultBranch;
  const before = repository.git.resolve(branch)?.files.get(path);
  const sha = textOf(body['sha']);
  if (before !== undefined && sha === undefined) throw new ApiError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (before !== undefined && sha !== blobId(before)) throw new ApiError(409, `${path} does not match ${sha ?? ''}`);
  const text = Buffer.from(textOf(body['content']) ?? '', 'base64').toString('utf8');
  const commit = repository.commit({ branch, message: textOf(body['message']) ?? '', files: { [path]: text } });
  const {
    node_id,
    sha: commitSha,
    url,
    html_url,
    author,
    committer,
    message,
    tree,
    parents,
    verification,
  } = gitCommit(repository, commit);
  const shown = { node_id, sha: commitSha, url, html_url, author, committer, message, tree, parents, verification };
  return {
    status: before === undefined ? 201 : 200,
    body: { content: entry(repository, 'file', path, text, branch), commit: shown },
  };
}
