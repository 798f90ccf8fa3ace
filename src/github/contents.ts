import * as v from 'valibot';
import type { RepositoryName } from './api/fields.js';
import type { GitHub } from './client.js';
import { GitHubError } from './problem.js';

const fileSchema = v.object({ type: v.literal('file'), encoding: v.string(), content: v.string(), sha: v.string() });

const folderSchema = v.array(v.object({ path: v.string() }));

/** The paths of what lies in a folder of the default branch; empty where there is no such folder. */
export async function listFolder(
  github: GitHub,
  repository: RepositoryName,
  path: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const entries = await github.get(github.rest.repos.getContent, { ...repository, path }, folderSchema, {
      what: path,
      signal,
    });
    return entries.map((entry) => entry.path);
  } catch (error) {
    if (error instanceof GitHubError && error.problem.kind === 'not-found') return [];
    throw error;
  }
}

/**
 * The text of a file as GitHub has it; null where there is none. GitHub hands out no files beyond a megabyte this way.
 * @param ref branch, tag or commit; the default branch without it
 */
export async function readFile(
  github: GitHub,
  repository: RepositoryName,
  path: string,
  ref?: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const parameters = { ...repository, path, ...(ref === undefined ? {} : { ref }) };
  try {
    const { content } = await github.get(github.rest.repos.getContent, parameters, fileSchema, { what: path, signal });
    const bytes = Uint8Array.from(atob(content.replace(/\s/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof GitHubError && error.problem.kind === 'not-found') return null;
    throw error;
  }
}
