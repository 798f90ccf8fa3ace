import { ApiError, noContent, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { textOf } from '../json.js';
import { counted } from '../http/paging.js';
import { runPage, shownWorkflow } from '../shapes/run.js';
import type { Workflow } from '../state/workflow.js';
import { viewerOf } from './runs.js';

export const workflows: Handlers = {
  'actions/list-repo-workflows': (call) =>
    counted(call, 'workflows', call.repository.runs.workflows, (workflow) => shownWorkflow(call.repository, workflow)),
  'actions/get-workflow': (call) => ok(shownWorkflow(call.repository, workflowOf(call))),
  'actions/enable-workflow': (call) => {
    workflowOf(call).state = 'active';
    return noContent;
  },
  'actions/disable-workflow': (call) => {
    workflowOf(call).state = 'disabled_manually';
    return noContent;
  },
  'actions/create-workflow-dispatch': dispatch,
};

function workflowOf({ repository, params }: Call): Workflow {
  const workflow = repository.runs.workflow(params['workflow_id'] ?? '');
  if (workflow === undefined) throw notFound();
  return workflow;
}

function dispatch(call: Call): Answer {
  const { repository, body, world } = call;
  const workflow = workflowOf(call);
  const ref = (textOf(body['ref']) ?? '').replace(/^refs\/(heads|tags)\//, '');
  const sha = repository.git.branches.get(ref) ?? repository.git.tags.get(ref);
  if (workflow.dispatch === undefined) throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
  if (workflow.state !== 'active')
    throw new ApiError(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  if (sha === undefined) throw new ApiError(422, `No ref found for: ${ref}`);
  const run = repository.runs.start({
    workflow: workflow.path,
    branch: ref,
    sha,
    event: 'workflow_dispatch',
    actor: viewerOf(call).login,
    inputs: inputsOf(workflow, (body['inputs'] ?? {}) as Readonly<Record<string, unknown>>),
  });
  if (body['return_run_details'] !== true) return noContent;
  return ok({
    workflow_run_id: run.id,
    run_url: `${world.addresses.repository(repository.fullName)}/actions/runs/${run.id}`,
    html_url: runPage(repository, run),
  });
}

/** The inputs with their defaults. GitHub refuses those it does not know, and a required one that is missing. */
function inputsOf({ dispatch = {} }: Workflow, given: Readonly<Record<string, unknown>>): Record<string, string> {
  const unexpected = Object.keys(given).filter((name) => !(name in dispatch));
  if (unexpected.length > 0) throw new ApiError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  return Object.fromEntries(
    Object.entries(dispatch).map(([name, input]) => {
      const value = given[name] ?? input.default ?? (input.type === 'boolean' ? 'false' : '');
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      if (input.required === true && text === '') throw new ApiError(422, `Required input '${name}' not provided`);
      if (input.type === 'choice' && !(input.options ?? []).includes(text)) {
        throw new ApiError(422, `Provided value '${text}' for input '${name}' not in the list of allowed values`);
      }
      return [name, text];
    }),
  );
}
