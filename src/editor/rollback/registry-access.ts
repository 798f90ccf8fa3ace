import type { RegistryAccess } from '../../github/registry.js';
import type { OpenRepository } from '../github/github.js';

/** How a registry is asked. The token goes to GitHub's own, and to no other. */
export function registryAccess({ id, token }: OpenRepository, registry: string): RegistryAccess {
  const own = id.host === 'github.com' ? 'ghcr.io' : `containers.${id.host}`;
  const password = registry === own ? token() : null;
  return {
    fetch: (url, init) => fetch(url, init),
    credentials: password === null ? null : { user: 'token', password },
  };
}
