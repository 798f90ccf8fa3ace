import * as v from 'valibot';
import type { Workflow } from '../../core/actions/run.js';
import type { GitHub } from '../client.js';
import { id, textOrEmpty, type RepositoryName } from './fields.js';
import { allPages } from './pages.js';

const workflowSchema = v.pipe(
  v.object({ id, name: v.string(), path: v.string(), state: v.fallback(v.string(), 'unknown'), html_url: textOrEmpty }),
  v.transform(({ html_url, state, ...rest }): Workflow & { readonly deleted: boolean } => ({
    ...rest,
    enabled: state === 'active',
    url: html_url,
    deleted: state === 'deleted',
  })),
);

const workflowsSchema = v.pipe(
  v.object({ workflows: v.array(workflowSchema) }),
  v.transform(({ workflows }): readonly Workflow[] =>
    workflows
      .filter(({ deleted }) => !deleted)
      .map(({ id, name, path, enabled, url }) => ({ id, name, path, enabled, url })),
  ),
);

/** The workflows. At most 1,000. */
export function listWorkflows(
  github: GitHub,
  repository: RepositoryName,
  signal?: AbortSignal,
): Promise<readonly Workflow[]> {
  const parameters = { ...repository, per_page: 100 };
  return allPages((page) =>
    github.page(
      github.rest.actions.listRepoWorkflows,
      page === 1 ? parameters : { ...parameters, page },
      workflowsSchema,
      { what: 'the workflows', signal },
    ),
  );
}
