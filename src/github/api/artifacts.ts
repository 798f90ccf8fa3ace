import * as v from 'valibot';
import type { Artifact } from '../../core/actions/run.js';
import type { GitHub, Page } from '../client.js';
import { count, id, optionalText, optionalTime, type RepositoryName } from './fields.js';
import { allPages } from './pages.js';

const artifactSchema = v.pipe(
  v.object({
    id,
    name: v.string(),
    size_in_bytes: count,
    expired: v.fallback(v.boolean(), false),
    digest: optionalText,
    created_at: optionalTime,
    workflow_run: v.fallback(v.nullish(v.object({ id }), null), null),
  }),
  v.transform((answer): Artifact => ({
    id: answer.id,
    runId: answer.workflow_run?.id ?? 0,
    name: answer.name,
    size: answer.size_in_bytes,
    expired: answer.expired,
    digest: answer.digest,
    createdAt: answer.created_at ?? 0,
  })),
);

const artifactsSchema = v.pipe(
  v.object({ artifacts: v.array(artifactSchema) }),
  v.transform(({ artifacts }): readonly Artifact[] => artifacts),
);

/** The artifacts of all attempts of a run, newest first. At most 500. */
export async function listRunArtifacts(
  github: GitHub,
  repository: RepositoryName,
  runId: number,
  signal?: AbortSignal,
): Promise<readonly Artifact[]> {
  const parameters = { ...repository, run_id: runId, per_page: 100 };
  const artifacts = await allPages(
    (page) =>
      github.page(
        github.rest.actions.listWorkflowRunArtifacts,
        page === 1 ? parameters : { ...parameters, page },
        artifactsSchema,
        { what: 'the artifacts of the run', signal },
      ),
    5,
  );
  // Enterprise Servers may leave out which run they are of; here it is known.
  return artifacts.map((artifact) => ({ ...artifact, runId })).sort((one, other) => other.id - one.id);
}

/** The newest hundred artifacts of this name, of all runs, newest first. */
export function listNamedArtifacts(
  github: GitHub,
  repository: RepositoryName,
  name: string,
  signal?: AbortSignal,
): Promise<Page<readonly Artifact[]>> {
  const parameters = { ...repository, name, per_page: 100 };
  return github.page(github.rest.actions.listArtifactsForRepo, parameters, artifactsSchema, {
    what: 'the reports of runs',
    signal,
  });
}
