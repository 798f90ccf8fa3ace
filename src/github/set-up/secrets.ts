import * as v from 'valibot';
import type { RepositoryName } from '../api/fields.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';

/** Seals a text for a public key, both and the result in base64, as libsodium's `crypto_box_seal` does. */
export type Seal = (text: string, publicKey: string) => Promise<string>;

const keySchema = v.object({ key_id: v.string(), key: v.string() });

/**
 * Sets a secret of the repository, or of one of its environments. The value leaves this function only sealed: no message, log or
 * error has it.
 */
export async function setSecret(
  github: GitHub,
  named: RepositoryName,
  place: { readonly environment: string | null; readonly name: string },
  value: string,
  seal: Seal,
): Promise<void> {
  const send = async (): Promise<void> => {
    const key = await publicKey(github, named, place.environment);
    const encrypted_value = await seal(value, key.key);
    const body = { secret_name: place.name, encrypted_value, key_id: key.key_id };
    const { actions } = github.rest;
    const asking = { what: `the secret ${place.name}` };
    if (place.environment === null) {
      await github.change(actions.createOrUpdateRepoSecret, { ...named, ...body }, v.unknown(), asking);
    } else {
      const environment_name = place.environment;
      const parameters = { ...named, environment_name, ...body };
      await github.change(actions.createOrUpdateEnvironmentSecret, parameters, v.unknown(), asking);
    }
  };
  try {
    await send();
  } catch (error) {
    // The key may have been exchanged in between; GitHub kept nothing then, and setting a secret twice does no harm.
    if (!(error instanceof GitHubError) || error.problem.kind !== 'rejected' || error.problem.status !== 422)
      throw error;
    await send();
  }
}

function publicKey(github: GitHub, named: RepositoryName, environment: string | null) {
  const { actions } = github.rest;
  const asking = { what: 'the key for secrets' };
  return environment === null
    ? github.get(actions.getRepoPublicKey, { ...named }, keySchema, asking)
    : github.get(actions.getEnvironmentPublicKey, { ...named, environment_name: environment }, keySchema, asking);
}
