import * as v from 'valibot';
import { candidatesOf, isUsable } from '../../core/rollback/candidates.js';
import { hindrance } from '../../core/rollback/checks.js';
import type { Hindrance } from '../../core/rollback/checks.js';
import type { RollbackFacts } from '../../core/rollback/facts.js';
import { missingInputs, neededInputs } from '../../core/rollback/wish.js';
import type { RepositoryFacts } from '../api/repository.js';
import { listWorkflows } from '../api/workflows.js';
import { readFile } from '../contents.js';
import { readEnvironment } from '../environments.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';
import type { ImageName } from '../registry.js';
import type { EnvironmentNow } from '../../core/delivery/environment.js';
import { readFacts, type FactsPlace } from './facts.js';

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

/** Ours may have another name where there was one of the user's own. */
const files = ['.github/workflows/rust-ci-rollback.yml', '.github/workflows/rollback.yml'];
const containerFiles = ['.github/workflows/rust-ci-container.yml', '.github/workflows/container.yml'];

/** Reads everything that a rollback depends on. Rejects with GitHubError when GitHub does not show it. */
export async function prepare(place: FactsPlace, signal?: AbortSignal): Promise<Prepared> {
  const { github, repository } = place;
  const named = { owner: repository.owner, repo: repository.name };
  const workflows = await listWorkflows(github, named, signal);
  const find = (paths: readonly string[]) =>
    paths.map((path) => workflows.find((workflow) => workflow.path === path)).find((found) => found !== undefined);
  const workflow = find(files);
  // What stands in the way should be said before long lists are read.
  const early = {
    mayWrite: repository.canWrite,
    role: repository.canWrite === false ? 'read' : null,
    underWay: [],
    usable: 1,
  };
  if (!workflow) return hindered(hindrance({ ...early, workflow: null }));
  const text = await readFile(github, named, workflow.path, undefined, signal);
  const missing = text === null ? neededInputs : missingInputs(text);
  const first = hindrance({ ...early, workflow: { enabled: workflow.enabled, missing } });
  if (first) return hindered(first);
  const ids = { rollback: workflow.id, container: find(containerFiles)?.id ?? null };
  const [{ facts, underWay }, image, environment] = await Promise.all([
    readFacts(place, ids, signal),
    imageOf(github, repository, signal),
    environmentOf(github, repository, signal),
  ]);
  const usable = candidatesOf(facts).filter(isUsable).length;
  const found = hindrance({ ...early, workflow: { enabled: true, missing: [] }, underWay, usable });
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
