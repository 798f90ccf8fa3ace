import * as v from 'valibot';
import { createGitHub } from '../../github/client.js';
import type { Addresses } from './hosts.js';

const userSchema = v.object({ login: v.string() });

/** The name of the account that a token belongs to. Rejects with GitHubError where the host does not accept it. */
export async function whoAmI({ api, web }: Addresses, token: string): Promise<string> {
  const github = createGitHub({ apiUrl: api, webUrl: web, token: () => token });
  const { login } = await github.get(github.rest.users.getAuthenticated, {}, userSchema, { what: 'the account' });
  return login;
}
