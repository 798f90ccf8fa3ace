import * as v from 'valibot';
import { newestCovered } from '../../core/lint/model/version.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';
import type { RepositoryName } from './fields.js';

/** A release of an action, and the commit that it is. */
export interface ActionRelease {
  readonly tag: string;
  readonly sha: string;
}

const sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/));
const refsSchema = v.array(v.object({ ref: v.string(), object: v.object({ type: v.string(), sha }) }));
const releaseSchema = v.object({ tag_name: v.string() });
const commitSchema = v.object({ sha });

/**
 * What an action is to be pinned to: the newest release that its tag moves along with, such as v4.2.1 of `v4`, or the newest
 * of all for a branch. Undefined where there is none.
 */
export async function actionRelease(
  github: GitHub,
  action: RepositoryName,
  ref: string,
  signal?: AbortSignal,
): Promise<ActionRelease | undefined> {
  const what = `the releases of ${action.owner}/${action.repo}`;
  const asking = { what, signal };
  const { owner, repo } = action;
  const known = await github.get(
    github.rest.git.listMatchingRefs,
    { owner, repo, ref: `tags/${ref}` },
    refsSchema,
    asking,
  );
  const tags = new Map(known.map(({ ref: name, object }) => [name.replace(/^refs\/tags\//, ''), object]));
  // A tag that is no version number is taken as it is; anything else is a branch.
  const tag = newestCovered(ref, [...tags.keys()]) ?? (tags.has(ref) ? ref : await newest());
  if (tag === undefined) return undefined;
  const object = tags.get(tag);
  if (object?.type === 'commit') return { tag, sha: object.sha };
  const commit = await github.get(
    github.rest.repos.getCommit,
    { owner, repo, ref: `refs/tags/${tag}`, per_page: 1 },
    commitSchema,
    asking,
  );
  return { tag, sha: commit.sha };

  async function newest(): Promise<string | undefined> {
    try {
      return (await github.get(github.rest.repos.getLatestRelease, { owner, repo }, releaseSchema, asking)).tag_name;
    } catch (error) {
      if (error instanceof GitHubError && error.problem.kind === 'not-found') return undefined;
      throw error;
    }
  }
}
