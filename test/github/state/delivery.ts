import type { Job } from './job.js';
import type { Run } from './run.js';
import type { Team, User } from './user.js';

export type Reviewer =
  { readonly type: 'User'; readonly reviewer: User } | { readonly type: 'Team'; readonly reviewer: Team };

export interface BranchPolicy {
  readonly id: number;
  name: string;
  readonly type: 'branch' | 'tag';
}

/** A place that is deployed to, with what protects it. */
export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly createdAt: number;
  updatedAt: number;
  reviewers: readonly Reviewer[];
  /** In minutes. */
  waitTimer: number;
  preventSelfReview: boolean;
  branchPolicy: { readonly protected_branches: boolean; readonly custom_branch_policies: boolean } | null;
  readonly policies: BranchPolicy[];
}

export type DeploymentState = 'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress';

export interface DeploymentStatus {
  readonly id: number;
  readonly state: DeploymentState;
  readonly at: number;
  readonly description: string;
  readonly environmentUrl: string;
}

export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly ref: string;
  readonly creator: User;
  readonly createdAt: number;
  readonly payload: Readonly<Record<string, string>>;
  /** The job that deploys; null where something else did. */
  readonly job: { readonly run: Run; readonly job: Job } | null;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  downloads: number;
  readonly createdAt: number;
}

export interface Release {
  readonly id: number;
  tag: string;
  target: string;
  name: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  /** Which release a person called the latest one, newest wish last; 0: nobody did. */
  latest: number;
  readonly author: User;
  readonly createdAt: number;
  publishedAt: number | null;
  readonly assets: Asset[];
}

export interface PackageVersion {
  readonly id: number;
  /** `sha256:…` */
  readonly digest: string;
  /** A tag is of one version only. */
  tags: string[];
  readonly createdAt: number;
  updatedAt: number;
}

/** A container package. It belongs to an owner; a repository may be connected to it. */
export interface Package {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly visibility: 'private' | 'public';
  repository: string | null;
  readonly createdAt: number;
  readonly versions: PackageVersion[];
}
