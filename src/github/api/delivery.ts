import * as v from 'valibot';
import { deploymentStates, type Deployment, type Environment, type Release } from '../../core/actions/delivery.js';
import type { GitHub } from '../client.js';
import { count, id, login, optionalText, optionalTime, textOrEmpty, time, type RepositoryName } from './fields.js';
import { reviewers } from './runs.js';

const ruleSchema = v.object({
  type: v.fallback(v.string(), ''),
  wait_timer: v.fallback(v.optional(v.number(), 0), 0),
  reviewers,
});

const environmentSchema = v.pipe(
  v.object({
    id,
    name: v.string(),
    html_url: textOrEmpty,
    protection_rules: v.fallback(v.nullish(v.array(ruleSchema), []), []),
  }),
  v.transform(({ id, name, html_url, protection_rules }): Environment => ({
    id,
    name,
    reviewers: protection_rules.flatMap((rule) => rule.reviewers),
    waitTimer: Math.max(0, ...protection_rules.map((rule) => rule.wait_timer)),
    url: html_url,
  })),
);

const environmentsSchema = v.pipe(
  v.object({ environments: v.fallback(v.nullish(v.array(environmentSchema), []), []) }),
  v.transform(({ environments }): readonly Environment[] => environments),
);

export function listEnvironments(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<readonly Environment[]> {
  const parameters = { ...repository, per_page: 100 };
  return github.get(github.rest.repos.getAllEnvironments, parameters, environmentsSchema, {
    what: 'the environments',
    signal,
  });
}

/** A deployment before its statuses are known. */
export type BareDeployment = Omit<Deployment, 'state' | 'stateAt' | 'runId' | 'url'>;

const deploymentsSchema = v.pipe(
  v.array(
    v.pipe(
      v.object({
        id,
        environment: v.string(),
        sha: v.string(),
        ref: textOrEmpty,
        creator: login,
        created_at: time,
      }),
      v.transform(({ created_at, ...rest }): BareDeployment => ({ ...rest, createdAt: created_at })),
    ),
  ),
  v.readonly(),
);

/** The newest hundred deployments, newest first. */
export function listDeployments(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<readonly BareDeployment[]> {
  const parameters = { ...repository, per_page: 100 };
  return github.get(github.rest.repos.listDeployments, parameters, deploymentsSchema, {
    what: 'the deployments',
    signal,
  });
}

/** One state that a deployment was in. */
export interface DeploymentStatus {
  readonly state: Deployment['state'];
  readonly at: number;
  readonly runId: number | null;
  readonly url: string | null;
}

const statusesSchema = v.pipe(
  v.array(
    v.pipe(
      v.object({
        state: v.fallback(v.picklist(deploymentStates), 'unknown'),
        created_at: time,
        environment_url: optionalText,
        log_url: optionalText,
        target_url: optionalText,
      }),
      v.transform((answer): DeploymentStatus => {
        const run = /\/actions\/runs\/(\d+)/.exec(`${answer.log_url ?? ''} ${answer.target_url ?? ''}`)?.[1];
        return {
          state: answer.state,
          at: answer.created_at,
          runId: run === undefined ? null : Number(run),
          url: answer.environment_url === '' ? null : answer.environment_url,
        };
      }),
    ),
  ),
  v.readonly(),
);

/** What a deployment went through, newest first. */
export function listDeploymentStatuses(
  github: GitHub,
  repository: RepositoryName,
  deploymentId: number,
  signal?: AbortSignal,
): Promise<readonly DeploymentStatus[]> {
  const parameters = { ...repository, deployment_id: deploymentId, per_page: 30 };
  return github.get(github.rest.repos.listDeploymentStatuses, parameters, statusesSchema, {
    what: 'the state of the deployment',
    signal,
  });
}

const assetSchema = v.pipe(
  v.object({
    name: v.string(),
    size: count,
    download_count: count,
    digest: optionalText,
    browser_download_url: textOrEmpty,
  }),
  v.transform(({ name, size, download_count, digest, browser_download_url }) => ({
    name,
    size,
    downloads: download_count,
    digest,
    url: browser_download_url,
  })),
);

const releasesSchema = v.pipe(
  v.array(
    v.pipe(
      v.object({
        id,
        tag_name: v.string(),
        name: optionalText,
        body: textOrEmpty,
        draft: v.fallback(v.boolean(), false),
        prerelease: v.fallback(v.boolean(), false),
        author: login,
        created_at: time,
        published_at: optionalTime,
        assets: v.fallback(v.nullish(v.array(assetSchema), []), []),
        html_url: textOrEmpty,
      }),
      v.transform((answer): Release => ({
        id: answer.id,
        tag: answer.tag_name,
        name: answer.name === null || answer.name === '' ? answer.tag_name : answer.name,
        notes: answer.body,
        draft: answer.draft,
        prerelease: answer.prerelease,
        author: answer.author,
        createdAt: answer.created_at,
        publishedAt: answer.published_at,
        assets: answer.assets,
        url: answer.html_url,
      })),
    ),
  ),
  v.readonly(),
);

/** The newest fifty releases, drafts among them where they may be seen. */
export function listReleases(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<readonly Release[]> {
  const parameters = { ...repository, per_page: 50 };
  return github.get(github.rest.repos.listReleases, parameters, releasesSchema, { what: 'the releases', signal });
}
