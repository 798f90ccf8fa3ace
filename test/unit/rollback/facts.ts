import type { Deployment, ImageVersion, Release } from '../../../src/core/actions/delivery.js';
import type { Run } from '../../../src/core/actions/run.js';
import type { Report } from '../../../src/core/gates/report.js';
import type { Delivered, RollbackFacts } from '../../../src/core/rollback/facts.js';

/** Days since 2026-01-01, in milliseconds since 1970. */
export const day = (days: number): number => Date.UTC(2026, 0, 1 + days);

/** A digest that one can tell from others: `digest('a')` is `sha256:aaa…`. */
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

export const sha = (letter: string): string => letter.repeat(40);

export function image(letter: string, tags: readonly string[], at: number): ImageVersion {
  const url = `https://github.com/acme/app/pkgs/container/app/${letter}`;
  return { id: letter.charCodeAt(0), digest: digest(letter), tags, createdAt: day(at), updatedAt: day(at), url };
}

export function release(tag: string, at: number, more: Partial<Release> = {}): Release {
  return {
    id: at,
    tag,
    name: tag,
    notes: `What is new in ${tag}.`,
    draft: false,
    prerelease: tag.includes('-'),
    author: 'maria',
    createdAt: day(at),
    publishedAt: day(at),
    assets: [],
    url: `https://github.com/acme/app/releases/${tag}`,
    ...more,
  };
}

export function deployment(ref: string, at: number, more: Partial<Deployment> = {}): Deployment {
  return {
    id: at,
    environment: 'production',
    sha: sha('0'),
    ref,
    creator: 'maria',
    createdAt: day(at),
    state: 'success',
    stateAt: day(at),
    runId: 1000 + at,
    url: null,
    ...more,
  };
}

function delivered(workflow: string, at: number, actor: string, more: Partial<Report>): Delivered {
  return {
    run: { id: at, actor, url: `https://github.com/acme/app/actions/runs/${at}` },
    report: {
      schema: 1,
      workflow,
      repository: 'acme/app',
      commit: sha('0'),
      ref: 'refs/heads/main',
      event: 'workflow_dispatch',
      run: { id: at, number: at, attempt: 1 },
      created: new Date(day(at)).toISOString(),
      gates: [],
      ...more,
    },
  };
}

/** container.yml made an image, and with `latest` among its tags it went live. */
export function built(letter: string, version: string, at: number, tags: string[], commit = sha(letter)): Delivered {
  const platforms = ['linux/amd64', 'linux/arm64'];
  const made = { name: 'ghcr.io/acme/app', digest: digest(letter), version, tags, platforms };
  return delivered('container', at, 'maria', { commit, image: made });
}

/** rollback.yml moved `latest`, or did not come to that. */
export function rolledBack(
  from: readonly [string, string],
  to: readonly [string, string],
  at: number,
  reason: string,
  done = true,
): Delivered {
  const named = ([letter, version]: readonly [string, string]) => ({ digest: digest(letter), version });
  return delivered('rollback', at, 'otto', {
    rollback: {
      image: 'ghcr.io/acme/app',
      tag: 'latest',
      from: named(from),
      to: named(to),
      platforms: ['linux/amd64', 'linux/arm64'],
      reason,
      actor: 'otto',
      request: 'r-1',
      done,
      release: null,
    },
  });
}

export function facts(more: Partial<RollbackFacts>): RollbackFacts {
  return { images: [], releases: [], deployments: [], delivered: [], gates: new Map(), platforms: new Map(), ...more };
}

export function run(id: number, more: Partial<Run> = {}): Run {
  return {
    id,
    workflowId: 5,
    path: '.github/workflows/rollback.yml',
    name: 'rollback',
    title: 'Roll back to 1.2.0 [r-1]',
    number: 1,
    attempt: 1,
    event: 'workflow_dispatch',
    branch: 'main',
    sha: sha('0'),
    actor: 'otto',
    status: 'queued',
    conclusion: null,
    createdAt: day(0),
    startedAt: day(0),
    updatedAt: day(0),
    url: `https://github.com/acme/app/actions/runs/${id}`,
    ...more,
  };
}
