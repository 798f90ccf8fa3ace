import * as v from 'valibot';
import type { Operations } from '../operations.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';
import { id, type RepositoryName } from './fields.js';

const done = v.unknown();
const dispatchSchema = v.fallback(v.nullish(v.object({ workflow_run_id: v.nullish(id) }), null), null);

/** What may be done with the runs of a repository. Each is sent once, whatever happens. */
export function createOperations(github: GitHub, repository: RepositoryName): Operations {
  const { actions } = github.rest;

  async function dispatch(
    workflow: { readonly id: number },
    ref: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<number | null> {
    const parameters = { ...repository, workflow_id: workflow.id, ref, inputs: { ...inputs } };
    const asking = { what: 'the start of the workflow' };
    const send = async (details: { readonly return_run_details?: boolean }): Promise<number | null> => {
      const all = { ...parameters, ...details };
      const answer = await github.change(actions.createWorkflowDispatch, all, dispatchSchema, asking);
      return answer?.workflow_run_id ?? null;
    };
    if (github.enterprise) return send({});
    try {
      return await send({ return_run_details: true });
    } catch (error) {
      // Only this answer says that nothing was started: any other repetition could start it twice.
      if (!isUnknownKey(error, 'return_run_details')) throw error;
      return send({});
    }
  }

  return {
    dispatch,
    rerun: async (run, jobs, { debug = false } = {}) => {
      const parameters = { ...repository, run_id: run.id, ...(debug ? { enable_debug_logging: true } : {}) };
      const endpoint = jobs === 'failed' ? actions.reRunWorkflowFailedJobs : actions.reRunWorkflow;
      await github.change(endpoint, parameters, done, { what: 'the rerun' });
    },
    rerunJob: async (job, { debug = false } = {}) => {
      const parameters = { ...repository, job_id: job.id, ...(debug ? { enable_debug_logging: true } : {}) };
      await github.change(actions.reRunJobForWorkflowRun, parameters, done, { what: 'the rerun of the job' });
    },
    cancel: async (run, { force = false } = {}) => {
      const endpoint = force ? actions.forceCancelWorkflowRun : actions.cancelWorkflowRun;
      await github.change(endpoint, { ...repository, run_id: run.id }, done, { what: 'the cancellation' });
    },
    review: async (run, pending, verdict, comment) => {
      const parameters = {
        ...repository,
        run_id: run.id,
        environment_ids: pending.map(({ environmentId }) => environmentId),
        state: verdict,
        comment,
      };
      await github.change(actions.reviewPendingDeploymentsForRun, parameters, done, { what: 'the review' });
    },
  };
}

function isUnknownKey(error: unknown, key: string): boolean {
  if (!(error instanceof GitHubError) || error.problem.kind !== 'rejected') return false;
  const { status, message } = error.problem;
  return (status === 400 || status === 422) && message.includes(`"${key}" is not a permitted key`);
}
