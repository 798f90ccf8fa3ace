/** What a token must be allowed for each thing that is done with it. Asked for one after the other, when they are needed. */
export const scopesFor = {
  /** Runs, jobs, artifacts, checks, deployments, approvals, reruns and dispatches; VS Code's other extensions ask for the same pair. */
  status: ['repo', 'workflow'],
  /** The container images of the repository's owner. */
  images: ['repo', 'workflow', 'read:packages'],
} as const satisfies Record<string, readonly string[]>;

export type ScopedFeature = keyof typeof scopesFor;

/** Scopes that a scope brings with it. */
const included: Readonly<Record<string, readonly string[]>> = {
  repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
  'write:packages': ['read:packages'],
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email', 'user:follow'],
};

/** Whether a token that has these scopes may do what one of the accepted scopes is needed for. */
export function isAllowed(granted: readonly string[], accepted: readonly string[]): boolean {
  if (accepted.length === 0) return true;
  const all = new Set(granted.flatMap((scope) => [scope, ...(included[scope] ?? [])]));
  return accepted.some((scope) => all.has(scope));
}

/** Reads a header such as `repo, workflow`; null where it is absent: the token is no classic one. */
export function scopesOf(header: string | number | undefined): readonly string[] | null {
  if (header === undefined) return null;
  return String(header)
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}
