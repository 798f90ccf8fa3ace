import * as v from 'valibot';
import type { RepositoryName } from '../api/fields.js';
import type { GitHub } from '../client.js';

const refsSchema = v.pipe(
  v.array(v.object({ ref: v.string() })),
  v.transform((refs): readonly string[] => refs.map(({ ref }) => ref.replace('refs/tags/', ''))),
);

/** The tags that begin like this. GitHub lists them in one answer. */
export function readTags(github: GitHub, named: RepositoryName, beginning: string): Promise<readonly string[]> {
  const parameters = { ...named, ref: `tags/${beginning}` };
  return github.get(github.rest.git.listMatchingRefs, parameters, refsSchema, { what: 'the tags' });
}
