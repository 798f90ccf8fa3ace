import type { Milliseconds } from './run.js';

export interface Environment {
  readonly id: number;
  readonly name: string;
  /** Names of people and teams who must approve; empty when nobody must. */
  readonly reviewers: readonly string[];
  /** In minutes. */
  readonly waitTimer: number;
  readonly url: string;
}

export const deploymentStates = [
  'success',
  'failure',
  'error',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'waiting',
  'unknown',
] as const;
export type DeploymentState = (typeof deploymentStates)[number];

/** A deployment with its newest status. */
export interface Deployment {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  /** Branch or tag that was deployed. */
  readonly ref: string;
  readonly creator: string | null;
  readonly createdAt: Milliseconds;
  readonly state: DeploymentState;
  /** When it came into that state. */
  readonly stateAt: Milliseconds;
  /** The run that deployed, where its status tells. */
  readonly runId: number | null;
  readonly url: string | null;
}

export interface ReleaseAsset {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly downloads: number;
  readonly digest: string | null;
  readonly url: string;
}

export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string;
  readonly notes: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly author: string | null;
  readonly createdAt: Milliseconds;
  /** Null for a draft. */
  readonly publishedAt: Milliseconds | null;
  readonly assets: readonly ReleaseAsset[];
  readonly url: string;
}

/** A version of the container package of the repository. */
export interface ImageVersion {
  readonly id: number;
  /** Of the manifest or index: `sha256:…`. */
  readonly digest: string;
  /** Empty for what no tag names any more. */
  readonly tags: readonly string[];
  readonly createdAt: Milliseconds;
  readonly updatedAt: Milliseconds;
  readonly url: string;
}
