/** What happened on GitHub, as far as a workflow sees it. */
export interface Event {
  name: 'push' | 'pull_request' | 'merge_group' | 'schedule' | 'workflow_dispatch';
  /** Full: `refs/heads/main`, `refs/tags/v1.0.0`, `refs/pull/1/merge`. */
  ref: string;
  /** The branch a pull request comes from and the one it goes to; empty for every other event. */
  headRef: string;
  baseRef: string;
  /** What the event adds to `github.event`. */
  payload: Record<string, unknown>;
  /** What the person typed who started the workflow. */
  inputs: Record<string, string | boolean | number>;
}

const plain = { headRef: '', baseRef: '', payload: {}, inputs: {} };

export function push(branch = 'main'): Event {
  return { ...plain, name: 'push', ref: `refs/heads/${branch}` };
}

export function pushTag(tag: string): Event {
  return { ...plain, name: 'push', ref: `refs/tags/${tag}` };
}

/** A pull request from one branch to another; the commits are what `github.event` says of them. */
export function pullRequest(head = 'change', base = 'main', commits: { head?: string; base?: string } = {}): Event {
  const pull_request = {
    number: 1,
    head: { ref: head, sha: commits.head },
    base: { ref: base, sha: commits.base },
    draft: false,
  };
  const payload = { number: 1, pull_request };
  return { ...plain, name: 'pull_request', ref: 'refs/pull/1/merge', headRef: head, baseRef: base, payload };
}

export function mergeGroup(base = 'main'): Event {
  const payload = { merge_group: { base_ref: `refs/heads/${base}` } };
  return { ...plain, name: 'merge_group', ref: `refs/heads/gh-readonly-queue/${base}/pr-1`, payload };
}

export function schedule(branch = 'main'): Event {
  return { ...plain, name: 'schedule', ref: `refs/heads/${branch}` };
}

export function dispatch(inputs: Event['inputs'] = {}, branch = 'main'): Event {
  return { ...plain, name: 'workflow_dispatch', ref: `refs/heads/${branch}`, inputs };
}

/** `main`, `v1.0.0`, `1/merge`. */
export function refName(event: Event): string {
  return event.ref.replace(/^refs\/(?:heads|tags|pull)\//, '');
}

export function refType(event: Event): 'branch' | 'tag' {
  return event.ref.startsWith('refs/tags/') ? 'tag' : 'branch';
}
