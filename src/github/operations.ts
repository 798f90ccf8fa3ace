import type { Job, PendingDeployment, Run, Workflow } from '../core/actions/run.js';

/** What a person may ask GitHub to do with runs. Each rejects with GitHubError; none is ever repeated by itself. */
export interface Operations {
  /**
   * Starts a workflow by hand.
   * @returns the id of the run it started; null where GitHub does not tell (older Enterprise Servers), then it must be looked for.
   */
  dispatch(
    workflow: Pick<Workflow, 'id'>,
    ref: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<number | null>;
  /** @param jobs all of them, or only those that failed and what needs them. */
  rerun(run: Run, jobs: 'all' | 'failed', options?: { readonly debug?: boolean }): Promise<void>;
  rerunJob(job: Job, options?: { readonly debug?: boolean }): Promise<void>;
  /** @param force also where a job refuses to end by itself. */
  cancel(run: Run, options?: { readonly force?: boolean }): Promise<void>;
  /** Answers a deployment that waits for approval. */
  review(
    run: Run,
    pending: readonly PendingDeployment[],
    verdict: 'approved' | 'rejected',
    comment: string,
  ): Promise<void>;
}
