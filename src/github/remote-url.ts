/** What the URL of a git remote names. */
export interface Remote {
  /** Lower case, with the port of a web address if it is not the usual one; an alias of ~/.ssh/config stays what it is. */
  readonly host: string;
  /** The host may be an alias, and its port, if any, says nothing about the web. */
  readonly ssh: boolean;
  readonly owner: string;
  readonly name: string;
}

/**
 * Reads `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name` and the like.
 * @returns undefined for what cannot be a repository on a GitHub host: paths, `file:`, deeper paths
 */
export function parseRemoteUrl(url: string): Remote | undefined {
  const web = /^(https?|git|ssh|git\+ssh):\/\/(?:[^@/]*@)?([^/:]+|\[[^\]]+\])(?::(\d+))?\/+(.+)$/i.exec(url);
  if (web) {
    const [, scheme = '', host = '', port, path = ''] = web;
    const ssh = /ssh/i.test(scheme);
    const usual = ssh || port === undefined || port === (scheme.toLowerCase() === 'http' ? '80' : '443');
    return remote(usual ? host : `${host}:${port}`, ssh, path);
  }
  // A single letter is a drive of Windows.
  const scp = /^(?:[^@/\s]+@)?([^/:\s]{2,}):(?!\/\/)\/?(.+)$/.exec(url);
  return scp ? remote(scp[1] ?? '', true, scp[2] ?? '') : undefined;
}

function remote(host: string, ssh: boolean, path: string): Remote | undefined {
  const [owner, name, ...deeper] = path
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .split('/');
  const bare = name?.replace(/\.git$/i, '');
  if (!owner || !bare || deeper.length > 0) return undefined;
  return { host: usualName(host.toLowerCase()), ssh, owner: decode(owner), name: decode(bare) };
}

/** Other names of the same host. */
const usualName = (host: string) =>
  /^(?:www|ssh)\.github\.com$/.test(host) ? 'github.com' : host.replace(/^ssh\.(?=[^.]+\.ghe\.com$)/, '');

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What is known of hosts on this machine. */
export interface Hosts {
  /** Host, with port if any, of the setting `github-enterprise.uri`. */
  readonly enterprise: string | undefined;
  /** The real name behind an alias of ~/.ssh/config; undefined where there is none. */
  readonly alias: (host: string) => string | undefined;
}

/** The GitHub host of a remote as its web pages have it; undefined where it is not known to be GitHub's. */
export function githubHost({ host, ssh }: Remote, { enterprise, alias }: Hosts): string | undefined {
  const names = ssh ? [host, usualName((alias(host) ?? host).toLowerCase())] : [host];
  for (const name of names) {
    if (name === 'github.com' || /^[^.]+\.ghe\.com$/.test(name)) return name;
    if (enterprise !== undefined && (name === enterprise || (ssh && name === enterprise.replace(/:\d+$/, '')))) {
      return enterprise;
    }
  }
  // Aliases are commonly written so; without the configuration at hand, that is all there is to go by.
  return ssh &&
    alias(host) === undefined &&
    /^github(?:\.com)?[-_][\w-]+$|^[\w-]+[-.]github\.com$|^[\w-]+[-_]github$/.test(host)
    ? 'github.com'
    : undefined;
}

/** Reads the `HostName` of each plain `Host` of an ssh configuration. Patterns, `Match` and `Include` are passed over. */
export function sshAliases(config: string): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  let hosts: readonly string[] = [];
  for (const line of config.split(/\r?\n/)) {
    const [, key = '', value = ''] = /^\s*(\w+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    const bare = value.replace(/^"(.*)"$/, '$1');
    if (/^host$/i.test(key)) hosts = bare.split(/\s+/).filter((host) => !/[*?!]/.test(host));
    else if (/^match$/i.test(key)) hosts = [];
    else if (/^hostname$/i.test(key)) {
      for (const host of hosts) {
        // The first value counts. `%h` is the alias itself.
        if (!aliases.has(host.toLowerCase())) aliases.set(host.toLowerCase(), bare.replace('%h', host));
      }
    }
  }
  return aliases;
}
