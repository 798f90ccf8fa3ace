import * as v from 'valibot';
import type { Workflow } from '../../core/actions/run.js';
import { admits } from '../../core/rollback/approval.js';
import { candidatesOf, isUsable } from '../../core/rollback/candidates.js';
import { hindrance } from '../../core/rollback/checks.js';
import type { Hindrance } from '../../core/rollback/checks.js';
import type { RollbackFacts } from '../../core/rollback/facts.js';
import { missingInputs } from '../../core/rollback/wish.js';
import type { RepositoryFacts } from '../api/repository.js';
import { listWorkflows } from '../api/workflows.js';
import { readFile } from '../contents.js';
import { readEnvironment } from '../environments.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';
import type { ImageName } from '../registry.js';
import type { EnvironmentNow } from '../../core/delivery/environment.js';
import { pathOf, readFacts, type FactsPlace } from './facts.js';

/** What is known before a person is asked anything. */
export type Prepared =
  | {
      readonly kind: 'ready';
      readonly facts: RollbackFacts;
      readonly workflowId: number;
      readonly image: ImageName;
      /** Null where there is none yet: GitHub makes it, without protection. Undefined where it is not shown. */
      readonly environment: EnvironmentNow | null | undefined;
    }
  | { readonly kind: 'hindered'; readonly hindrance: Hindrance };

/** A workflow of the pipeline among all; undefined where there is none. */
export function findWorkflow(workflows: readonly Workflow[], file: string): Workflow | undefined {
  const paths = workflows.map(({ path }) => path);
  return workflows.find(({ path }) => path === pathOf(file, paths));
}

/** Reads everything that a rollback depends on. Rejects with GitHubError when GitHub does not show it. */
export async function prepare(place: FactsPlace, signal?: AbortSignal): Promise<Prepared> {
  const { github, repository } = place;
  const named = { owner: repository.owner, repo: repository.name };
  const workflows = await listWorkflows(github, named, signal);
  const workflow = findWorkflow(workflows, 'rollback.yml');
  // What stands in the way should be said before long lists are read.
  const early = {
    mayWrite: repository.canWrite,
    role: repository.role,
    underWay: [],
    refused: null,
    images: 1,
    usable: 1,
  };
  // GitHub also lists what was only ever on another branch, and starts it from none.
  const text = workflow ? await readFile(github, named, workflow.path, undefined, signal) : null;
  if (!workflow || text === null) return hindered(hindrance({ ...early, workflow: null }));
  const missing = missingInputs(text);
  const first = hindrance({ ...early, workflow: { enabled: workflow.enabled, missing } });
  if (first) return hindered(first);
  const ids = { rollback: workflow.id, container: findWorkflow(workflows, 'container.yml')?.id ?? null };
  const image = await imageOf(github, repository, signal);
  const [{ facts, underWay }, environment] = await Promise.all([
    readFacts(place, ids, image, signal),
    environmentOf(github, repository, signal),
  ]);
  const usable = candidatesOf(facts).filter(isUsable).length;
  const refused = admits(environment, repository.defaultBranch) === false ? repository.defaultBranch : null;
  const images = facts.images.length;
  const found = hindrance({ ...early, workflow: { enabled: true, missing: [] }, underWay, refused, images, usable });
  return found ? hindered(found) : { kind: 'ready', facts, workflowId: workflow.id, image, environment };
}

function hindered(found: Hindrance | null): Prepared {
  return { kind: 'hindered', hindrance: found ?? { kind: 'noWorkflow' } };
}

const variableSchema = v.object({ value: v.string() });

/** The image as rollback.yml names it: the variable REGISTRY says where it is not on ghcr.io. */
export async function imageOf(github: GitHub, repository: RepositoryFacts, signal?: AbortSignal): Promise<ImageName> {
  const named = { owner: repository.owner, repo: repository.name };
  const name = `${repository.owner}/${repository.name}`.toLowerCase();
  try {
    const parameters = { ...named, name: 'REGISTRY' };
    const asking = { what: 'the variable REGISTRY', signal };
    const { value } = await github.get(github.rest.actions.getRepoVariable, parameters, variableSchema, asking);
    return { registry: /^[\w.:[\]-]+$/.test(value) ? value : 'ghcr.io', name };
  } catch (error) {
    if (error instanceof GitHubError) return { registry: 'ghcr.io', name };
    throw error;
  }
}

async function environmentOf(github: GitHub, repository: RepositoryFacts, signal?: AbortSignal) {
  try {
    return await readEnvironment(github, { owner: repository.owner, repo: repository.name }, 'production', signal);
  } catch (error) {
    if (error instanceof GitHubError) return undefined;
    throw error;
  }
}
