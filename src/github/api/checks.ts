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

/** The newest commit status of each context. */
export function listStatuses(
  github: GitHub,
  repository: RepositoryName,
  sha: string,
  signal?: AbortSignal,
): Promise<readonly Check[]> {
  const parameters = { ...repository, ref: sha, per_page: 100 };
  return github.get(github.rest.repos.getCombinedStatusForRef, parameters, combinedSchema, {
    what: 'the statuses of the commit',
    signal,
  });
}

const rulesSchema = v.pipe(
  v.array(v.object({ type: v.string(), parameters: v.optional(v.unknown()) })),
  v.transform((rules): readonly RequiredCheck[] => {
    const required = new Map<string, RequiredCheck>();
    for (const { type, parameters } of rules) {
      if (type !== 'required_status_checks') continue;
      const { output } = v.safeParse(statusChecksSchema, parameters);
      for (const { context, integration_id } of read(output)) {
        required.set(context, { name: context, appId: integration_id });
      }
    }
    return [...required.values()];
  }),
);

const statusChecksSchema = v.object({
  required_status_checks: v.array(
    v.object({ context: v.string(), integration_id: v.fallback(v.nullish(id, null), null) }),
  ),
});

function read(output: unknown): v.InferOutput<typeof statusChecksSchema>['required_status_checks'] {
  const result = v.safeParse(statusChecksSchema, output);
  return result.success ? result.output.required_status_checks : [];
}

/** The checks that a branch's rules ask for. */
export function listRequiredChecks(
  github: GitHub,
  repository: RepositoryName,
  branch: string,
  signal?: AbortSignal,
): Promise<readonly RequiredCheck[]> {
  const parameters = { ...repository, branch, per_page: 100 };
  return github.get(github.rest.repos.getBranchRules, parameters, rulesSchema, {
    what: `the rules of ${branch}`,
    signal,
    recent: true,
  });
}
