import * as v from 'valibot';
import type { Check, RequiredCheck } from '../../core/actions/check.js';
import type { GitHub } from '../client.js';
import { id, optionalText, optionalTime, progress, progressOf, type RepositoryName } from './fields.js';
import { allPages } from './pages.js';

const checkRunSchema = v.pipe(
  v.object({
    ...progress,
    id,
    name: v.string(),
    app: v.fallback(v.nullish(v.object({ slug: optionalText }), null), null),
    output: v.fallback(v.nullish(v.object({ title: optionalText, summary: optionalText }), null), null),
    details_url: optionalText,
    html_url: optionalText,
    completed_at: optionalTime,
  }),
  v.transform((answer): Check => ({
    ...progressOf(answer),
    id: answer.id,
    name: answer.name,
    app: answer.app?.slug ?? null,
    summary: firstLine(answer.output?.title ?? answer.output?.summary ?? null),
    url: answer.html_url ?? answer.details_url,
    completedAt: answer.completed_at,
  })),
);

function firstLine(text: string | null): string | null {
  const [line = ''] = (text ?? '').trim().split('\n');
  return line === '' ? null : line;
}

const checkRunsSchema = v.pipe(
  v.object({ check_runs: v.array(checkRunSchema) }),
  v.transform(({ check_runs }): readonly Check[] => check_runs),
);

const states = { success: 'success', failure: 'failure', error: 'failure', pending: null } as const;

const statusSchema = v.pipe(
  v.object({
    context: v.string(),
    state: v.fallback(v.picklist(['success', 'failure', 'error', 'pending', 'unknown']), 'unknown'),
    description: optionalText,
    target_url: optionalText,
    updated_at: optionalTime,
  }),
  v.transform((answer): Check => {
    const conclusion = answer.state === 'unknown' ? 'unknown' : states[answer.state];
    return {
      ...(conclusion === null ? { status: 'pending', conclusion } : { status: 'completed', conclusion }),
      id: null,
      name: answer.context,
      app: null,
      summary: firstLine(answer.description),
      url: answer.target_url,
      completedAt: conclusion === null ? null : answer.updated_at,
    };
  }),
);

const combinedSchema = v.pipe(
  v.object({ statuses: v.array(statusSchema) }),
  v.transform(({ statuses }): readonly Check[] => statuses),
);

/** The newest check runs of a commit, of GitHub Actions and of other apps. At most 1,000. */
export function listCheckRuns(
  github: GitHub,
  repository: RepositoryName,
  sha: string,
  signal?: AbortSignal,
): Promise<readonly Check[]> {
  const parameters = { ...repository, ref: sha, filter: 'latest' as const, per_page: 100 };
  return allPages((page) =>
    github.page(github.rest.checks.listForRef, page === 1 ? parameters : { ...parameters, page }, checkRunsSchema, {
      what: 'the checks of the commit',
      signal,
    }),
  );
}

/** The newest commit status of each context. At most 1,000. */
export function listStatuses(
  github: GitHub,
  repository: RepositoryName,
  sha: string,
  signal?: AbortSignal,
): Promise<readonly Check[]> {
  const parameters = { ...repository, ref: sha, per_page: 100 };
  return allPages((page) =>
    github.page(
      github.rest.repos.getCombinedStatusForRef,
      page === 1 ? parameters : { ...parameters, page },
      combinedSchema,
      { what: 'the statuses of the commit', signal },
    ),
  );
}

const statusChecksSchema = v.object({
  type: v.literal('required_status_checks'),
  parameters: v.object({
    required_status_checks: v.array(
      v.object({ context: v.string(), integration_id: v.fallback(v.nullish(id, null), null) }),
    ),
  }),
});

/** Rules of other kinds, and of kinds that are not known yet, ask for no check. */
const rulesSchema = v.pipe(
  v.array(v.fallback(v.nullable(statusChecksSchema), null)),
  v.transform((rules): readonly RequiredCheck[] =>
    rules.flatMap((rule) =>
      (rule?.parameters.required_status_checks ?? []).map(({ context, integration_id }) => ({
        name: context,
        appId: integration_id,
      })),
    ),
  ),
);

const branchSchema = v.pipe(
  v.object({
    protection: v.fallback(
      v.nullish(
        v.object({
          required_status_checks: v.nullish(
            v.object({
              contexts: v.fallback(v.nullish(v.array(v.string()), []), []),
              checks: v.fallback(
                v.nullish(
                  v.array(v.object({ context: v.string(), app_id: v.fallback(v.nullish(id, null), null) })),
                  [],
                ),
                [],
              ),
            }),
            null,
          ),
        }),
        null,
      ),
      null,
    ),
  }),
  v.transform(({ protection }): readonly RequiredCheck[] => {
    const { checks, contexts } = protection?.required_status_checks ?? { checks: [], contexts: [] };
    const apps = new Map(checks.map(({ context, app_id }) => [context, app_id]));
    return [...new Set([...apps.keys(), ...contexts])].map((name) => ({ name, appId: apps.get(name) ?? null }));
  }),
);

/** The checks that a branch's classic protection asks for, as far as readers are told. */
export function listProtectedChecks(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  signal?: AbortSignal,
): Promise<readonly RequiredCheck[]> {
  return github.get(github.rest.repos.getBranch, { ...repository, branch }, branchSchema, {
    what: `the branch ${branch}`,
    signal,
  });
}

/** The checks that a branch's rules ask for. At most 1,000 rules are read. */
export function listRequiredChecks(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  signal?: AbortSignal,
): Promise<readonly RequiredCheck[]> {
  const parameters = { ...repository, branch, per_page: 100 };
  return allPages((page) =>
    github.page(github.rest.repos.getBranchRules, page === 1 ? parameters : { ...parameters, page }, rulesSchema, {
      what: `the rules of ${branch}`,
      signal,
      recent: true,
    }),
  );
}
