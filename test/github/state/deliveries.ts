import type {
  Asset,
  Deployment,
  DeploymentState,
  Environment,
  Package,
  PackageVersion,
  Release,
  Reviewer,
} from './delivery.js';
import type { Job } from './job.js';
import type { RepositoryState } from './repository.js';
import type { Run } from './run.js';
import { sha256 } from './artifact.js';

export interface EnvironmentOptions {
  /** Logins, or slugs of teams with `team:` before them. */
  readonly reviewers?: readonly string[];
  /** In minutes. */
  readonly waitTimer?: number;
  readonly preventSelfReview?: boolean;
  readonly branchPolicy?: Environment['branchPolicy'];
}

export interface ReleaseOptions {
  readonly tag: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly author?: string;
  readonly at?: number;
  /** Files by name. */
  readonly assets?: Readonly<Record<string, string | Uint8Array>>;
  readonly downloads?: number;
}

export interface ImageOptions {
  /** Default: computed from the tags and the time. */
  readonly digest?: string;
  readonly tags?: readonly string[];
  readonly at?: number;
  /** Default: the repository's name. */
  readonly image?: string;
}

/** Environments, deployments, releases and images of a repository. */
export class Deliveries {
  readonly environments: Environment[] = [];
  /** Newest last. */
  readonly deployments: Deployment[] = [];
  readonly releases: Release[] = [];
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  addEnvironment(name: string, options: EnvironmentOptions = {}): Environment {
    const { world } = this.#repository;
    const environment: Environment = {
      id: world.id(),
      name,
      createdAt: world.clock.now,
      updatedAt: world.clock.now,
      reviewers: (options.reviewers ?? []).map((reviewer) => this.#reviewer(reviewer)),
      waitTimer: options.waitTimer ?? 0,
      preventSelfReview: options.preventSelfReview ?? false,
      branchPolicy: options.branchPolicy ?? null,
      policies: [],
    };
    this.environments.push(environment);
    return environment;
  }

  #reviewer(name: string): Reviewer {
    const { world } = this.#repository;
    if (!name.startsWith('team:')) return { type: 'User', reviewer: world.user(name) };
    const team = world.teams.find(({ slug }) => slug === name.slice('team:'.length));
    if (team === undefined) throw new Error(`There is no team ${name}.`);
    return { type: 'Team', reviewer: team };
  }

  environment(name: string): Environment | undefined {
    return this.environments.find((environment) => environment.name.toLowerCase() === name.toLowerCase());
  }

  /** The deployment that a job with an environment makes. */
  deployBy(run: Run, job: Job, environment: string): void {
    if (this.environment(environment) === undefined) this.addEnvironment(environment);
    const deployment = this.deploy(environment, {
      sha: run.commit.sha,
      ref: run.branch ?? run.commit.sha,
      creator: run.actor.login,
      job: { run, job },
    });
    job.deploymentId = deployment.id;
  }

  deploy(
    environment: string,
    options: {
      sha: string;
      ref: string;
      creator?: string;
      at?: number;
      job?: Deployment['job'];
      payload?: Deployment['payload'];
    },
  ): Deployment {
    const { world } = this.#repository;
    const deployment: Deployment = {
      id: world.id(),
      environment,
      sha: options.sha,
      ref: options.ref,
      creator: world.user(options.creator ?? 'maria'),
      createdAt: options.at ?? world.clock.now,
      payload: options.payload ?? {},
      job: options.job ?? null,
      statuses: [],
    };
    this.deployments.push(deployment);
    return deployment;
  }

  /** A new status of the deployment that a job makes. */
  report(job: Job, state: DeploymentState): void {
    const deployment = this.deployments.find(({ id }) => id === job.deploymentId);
    if (deployment !== undefined) this.addStatus(deployment, state);
  }

  addStatus(
    deployment: Deployment,
    state: DeploymentState,
    at = this.#repository.world.clock.now,
    environmentUrl = '',
  ): void {
    deployment.statuses.push({ id: this.#repository.world.id(), state, at, description: '', environmentUrl });
  }

  release({ tag, at = this.#repository.world.clock.now, draft = false, ...options }: ReleaseOptions): Release {
    const { world, git, defaultBranch } = this.#repository;
    if (!draft && !git.tags.has(tag)) this.#repository.tag(tag);
    const assets = Object.entries(options.assets ?? {}).map(([name, content]): Asset => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const contentType = name.endsWith('.zip') ? 'application/zip' : 'application/octet-stream';
      return { id: world.id(), name, contentType, bytes, downloads: options.downloads ?? 0, createdAt: at };
    });
    const release: Release = {
      id: world.id(),
      tag,
      target: defaultBranch,
      name: options.name ?? tag,
      body: options.body ?? '',
      draft,
      prerelease: options.prerelease ?? false,
      latest: 0,
      author: world.user(options.author ?? 'maria'),
      createdAt: at,
      publishedAt: draft ? null : at,
      assets,
    };
    this.releases.push(release);
    return release;
  }

  /** The release that GitHub calls the latest: the one that somebody chose last, or else the newest full one. */
  get latestRelease(): Release | undefined {
    const full = this.releases.filter(({ draft, prerelease }) => !draft && !prerelease);
    return full.sort((a, b) => b.latest - a.latest || (b.publishedAt ?? 0) - (a.publishedAt ?? 0))[0];
  }

  /** A version of the container package; its tags leave the versions that had them. */
  image({ tags = [], at = this.#repository.world.clock.now, digest, image }: ImageOptions): PackageVersion {
    const { world } = this.#repository;
    const version: PackageVersion = {
      id: world.id(),
      digest: digest ?? `sha256:${sha256([this.#repository.fullName, at, ...tags].join(' '))}`,
      tags: [],
      createdAt: at,
      updatedAt: at,
    };
    const container = this.container(image);
    container.versions.push(version);
    for (const tag of tags) this.moveTag(tag, version.digest, at, image);
    return version;
  }

  /** Lets a tag name another version of the image. */
  moveTag(tag: string, digest: string, at = this.#repository.world.clock.now, image?: string): void {
    const { versions } = this.container(image);
    const target = versions.find((version) => version.digest === digest);
    if (target === undefined) throw new Error(`There is no image ${digest}.`);
    for (const version of versions) version.tags = version.tags.filter((name) => name !== tag);
    target.tags.push(tag);
    target.updatedAt = at;
  }

  /** The container package, which comes to be when first named. */
  container(name = this.#repository.name): Package {
    const { world, owner } = this.#repository;
    const known = world.packages.find((candidate) => candidate.owner === owner && candidate.name === name);
    if (known !== undefined) return known;
    const created: Package = {
      id: world.id(),
      owner,
      name,
      visibility: this.#repository.private ? 'private' : 'public',
      repository: this.#repository.fullName,
      createdAt: world.clock.now,
      versions: [],
    };
    world.packages.push(created);
    return created;
  }
}
