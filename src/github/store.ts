import type { Snapshot } from '../core/actions/snapshot.js';
import type { Annotation, Artifact, Job, Run } from '../core/actions/run.js';
import type { Problem } from './problem.js';

/** Where a repository is. */
export interface RepositoryId {
  /** Host of the web pages, with port if any: `github.com`, `git.example.com`. */
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** What a snapshot can do without. */
export type Part = 'checks' | 'required' | 'environments' | 'deployments' | 'releases' | 'images';

/** How the store stands towards GitHub. */
export interface Connection {
  readonly signedIn: boolean;
  /** Something is being fetched. */
  readonly busy: boolean;
  /** What went wrong with the last attempt; the snapshot stays what it was. */
  readonly problem: Problem | null;
  /** What could not be fetched beside the runs, for example for want of a permission. */
  readonly problems?: ReadonlyMap<Part, Problem>;
  /** When the next automatic attempt is due; null when nothing is planned. */
  readonly nextAt: number | null;
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Everything the editor knows of one repository: one for each, shared by all that show something. */
export interface Store {
  readonly repository: RepositoryId;
  readonly snapshot: Snapshot;
  readonly connection: Connection;
  /** Told after every change of snapshot or connection, never while another change is half done. */
  onDidChange(listener: () => void): Unsubscribe;
  /** Fetches now. Resolves when the answer, or the problem, is in place; never rejects. */
  refresh(): Promise<void>;
  /** Somebody looks at status, or at delivery: only then it is polled. */
  watch(what: 'status' | 'delivery'): Unsubscribe;
  /** Follows one run until it ends, more often than others. */
  follow(runId: number): Unsubscribe;
  /** More of the older runs of a workflow; rejects with GitHubError. */
  moreRuns(workflowId: number, before: Run | null, signal?: AbortSignal): Promise<readonly Run[]>;
  /** Jobs of one attempt, from the cache where that attempt has ended. */
  jobs(run: Run, attempt: number, signal?: AbortSignal): Promise<readonly Job[]>;
  artifacts(run: Run, signal?: AbortSignal): Promise<readonly Artifact[]>;
  /** The files of an artifact, by name; verified and bounded. Rejects with GitHubError or ArtifactError. */
  artifactFiles(artifact: Artifact, signal?: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>>;
  /** The whole log of a job, as text. */
  log(job: Job, signal?: AbortSignal): Promise<string>;
  annotations(job: Job, signal?: AbortSignal): Promise<readonly Annotation[]>;
  dispose(): void;
}
