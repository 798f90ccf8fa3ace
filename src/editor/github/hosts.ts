import { workspace } from 'vscode';

/** The address in VS Code's own setting for GitHub Enterprise; undefined where it is not set, or no web address. */
export function enterpriseUrl(): URL | undefined {
  const setting = workspace.getConfiguration('github-enterprise').get<unknown>('uri');
  if (typeof setting !== 'string' || setting === '') return undefined;
  try {
    const url = new URL(setting);
    return /^https?:$/.test(url.protocol) && url.host !== 'github.com' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Addresses of a GitHub host, without a slash at the end. */
export interface Addresses {
  readonly web: string;
  readonly api: string;
}

/** Where a host has its pages and its API. */
export function addressesOf(host: string): Addresses {
  if (host === 'github.com') return { web: 'https://github.com', api: 'https://api.github.com' };
  if (host.endsWith('.ghe.com')) return { web: `https://${host}`, api: `https://api.${host}` };
  const enterprise = enterpriseUrl();
  // A token never crosses a network in the clear, whatever the setting says.
  const web = enterprise?.host === host && isLoopback(enterprise) ? enterprise.origin : `https://${host}`;
  return { web, api: `${web}/api/v3` };
}

const isLoopback = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

/** VS Code's provider of sessions for a host; undefined where there is none and only a token can be used. */
export function providerOf(host: string): 'github' | 'github-enterprise' | undefined {
  if (host === 'github.com') return 'github';
  return enterpriseUrl()?.host === host ? 'github-enterprise' : undefined;
}
