import { nodeId, type Addresses } from '../addresses.js';
import { timestamp } from '../duration.js';
import type { JsonObject } from '../json.js';
import { sha256 } from '../state/artifact.js';
import type {
  Asset,
  Deployment,
  DeploymentStatus,
  Environment,
  Package,
  PackageVersion,
  Release,
  Reviewer,
} from '../state/delivery.js';
import type { RepositoryState } from '../state/repository.js';
import { minimalRepository } from './repository.js';
import { jobPage } from './run.js';
import { shownTeam, simpleUser } from './user.js';

export function shownReviewer({ type, reviewer }: Reviewer, addresses: Addresses): JsonObject {
  return { type, reviewer: type === 'User' ? simpleUser(reviewer, addresses) : shownTeam(reviewer, addresses) };
}

export function shownEnvironment(repository: RepositoryState, environment: Environment): JsonObject {
  const { id, name, reviewers, waitTimer, preventSelfReview, branchPolicy } = environment;
  const { world } = repository;
  const rule = (kind: number, type: string) => ({ id: id * 10 + kind, node_id: nodeId('GA', id * 10 + kind), type });
  const people = reviewers.map((reviewer) => shownReviewer(reviewer, world.addresses));
  return {
    ...environmentReference(repository, environment),
    created_at: timestamp(environment.createdAt),
    updated_at: timestamp(environment.updatedAt),
    protection_rules: [
      ...(waitTimer > 0 ? [{ ...rule(1, 'wait_timer'), wait_timer: waitTimer }] : []),
      ...(people.length > 0
        ? [{ ...rule(2, 'required_reviewers'), prevent_self_review: preventSelfReview, reviewers: people }]
        : []),
      ...(branchPolicy === null ? [] : [rule(3, 'branch_policy')]),
    ],
    deployment_branch_policy: branchPolicy,
    name,
  };
}

/** An environment as others mention it. */
export function environmentReference({ world, fullName }: RepositoryState, { id, name }: Environment): JsonObject {
  const encoded = encodeURIComponent(name);
  return {
    id,
    node_id: nodeId('EN', id),
    name,
    url: `${world.addresses.repository(fullName)}/environments/${encoded}`,
    html_url: `${world.addresses.page(fullName)}/deployments/activity_log?environments_filter=${encoded}`,
  };
}

export function shownDeployment(repository: RepositoryState, deployment: Deployment): JsonObject {
  const { id, sha, ref, environment, creator, createdAt, payload, statuses } = deployment;
  const { addresses } = repository.world;
  const url = addresses.repository(repository.fullName);
  return {
    url: `${url}/deployments/${id}`,
    id,
    node_id: nodeId('DE', id),
    task: 'deploy',
    original_environment: environment,
    environment,
    description: null,
    created_at: timestamp(createdAt),
    updated_at: timestamp(statuses.at(-1)?.at ?? createdAt),
    statuses_url: `${url}/deployments/${id}/statuses`,
    repository_url: url,
    creator: simpleUser(creator, addresses),
    sha,
    ref,
    payload,
    transient_environment: false,
    production_environment: environment === 'production',
    performed_via_github_app: null,
  };
}

export function shownDeploymentStatus(
  repository: RepositoryState,
  deployment: Deployment,
  status: DeploymentStatus,
): JsonObject {
  const { addresses } = repository.world;
  const url = addresses.repository(repository.fullName);
  const page = deployment.job === null ? '' : jobPage(repository, deployment.job.run, deployment.job.job);
  return {
    url: `${url}/deployments/${deployment.id}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DES', status.id),
    state: status.state,
    creator: simpleUser(deployment.creator, addresses),
    description: status.description,
    environment: deployment.environment,
    target_url: page,
    created_at: timestamp(status.at),
    updated_at: timestamp(status.at),
    deployment_url: `${url}/deployments/${deployment.id}`,
    repository_url: url,
    environment_url: status.environmentUrl,
    log_url: page,
    performed_via_github_app: null,
  };
}

export function shownRelease(repository: RepositoryState, release: Release): JsonObject {
  const { addresses } = repository.world;
  const url = addresses.repository(repository.fullName);
  const page = `${addresses.page(repository.fullName)}/releases`;
  const archive = (kind: string) => (release.draft ? null : `${url}/${kind}/refs/tags/${release.tag}`);
  return {
    url: `${url}/releases/${release.id}`,
    assets_url: `${url}/releases/${release.id}/assets`,
    upload_url: `${url.replace('/repos/', '/uploads/repos/')}/releases/${release.id}/assets{?name,label}`,
    html_url: `${page}/tag/${encodeURIComponent(release.tag)}`,
    id: release.id,
    author: simpleUser(release.author, addresses),
    node_id: nodeId('RE', release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    prerelease: release.prerelease,
    created_at: timestamp(release.createdAt),
    published_at: release.publishedAt === null ? null : timestamp(release.publishedAt),
    assets: release.assets.map((asset) => shownAsset(repository, release, asset)),
    tarball_url: archive('tarball'),
    zipball_url: archive('zipball'),
    body: release.body,
  };
}

export function shownAsset(repository: RepositoryState, release: Release, asset: Asset): JsonObject {
  const { addresses } = repository.world;
  const tag = encodeURIComponent(release.tag);
  return {
    url: `${addresses.repository(repository.fullName)}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: nodeId('RA', asset.id),
    name: asset.name,
    label: '',
    uploader: simpleUser(release.author, addresses),
    content_type: asset.contentType,
    state: 'uploaded',
    size: asset.bytes.length,
    digest: repository.world.profile === 'github.com' ? `sha256:${sha256(asset.bytes)}` : null,
    download_count: asset.downloads,
    created_at: timestamp(asset.createdAt),
    updated_at: timestamp(asset.createdAt),
    browser_download_url: `${addresses.page(repository.fullName)}/releases/download/${tag}/${asset.name}`,
  };
}

export function shownPackage(
  repository: RepositoryState | undefined,
  container: Package,
  addresses: Addresses,
): JsonObject {
  const url = packageUrl(container, addresses);
  return {
    id: container.id,
    name: container.name,
    package_type: 'container',
    owner: simpleUser(container.owner, addresses),
    version_count: container.versions.length,
    visibility: container.visibility,
    url,
    created_at: timestamp(container.createdAt),
    updated_at: timestamp(
      container.versions.reduce((time, version) => Math.max(time, version.updatedAt), container.createdAt),
    ),
    ...(repository === undefined ? {} : { repository: minimalRepository(repository) }),
    html_url: packagePage(container, addresses),
  };
}

export function shownVersion(container: Package, version: PackageVersion, addresses: Addresses): JsonObject {
  const page = packagePage(container, addresses);
  return {
    id: version.id,
    name: version.digest,
    url: `${packageUrl(container, addresses)}/versions/${version.id}`,
    package_html_url: page,
    created_at: timestamp(version.createdAt),
    updated_at: timestamp(version.updatedAt),
    html_url: `${page}/${version.id}`,
    metadata: { package_type: 'container', container: { tags: version.tags } },
  };
}

function packageUrl({ owner, name }: Package, { api }: Addresses): string {
  const of = owner.type === 'Organization' ? 'orgs' : 'users';
  return `${api}/${of}/${owner.login}/packages/container/${encodeURIComponent(name)}`;
}

function packagePage({ owner, name }: Package, { web }: Addresses): string {
  const of = owner.type === 'Organization' ? 'orgs' : 'users';
  return `${web}/${of}/${owner.login}/packages/container/package/${encodeURIComponent(name)}`;
}
