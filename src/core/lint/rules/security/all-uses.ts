import type { RuleContext } from '../../rule';
import type { Step, Job } from '../../model/workflow';
import type { Uses } from '../../model/uses';

export interface UsesOf {
  readonly uses: Uses;
  readonly step: Step | undefined;
  readonly job: Job | undefined;
}

/** Every `uses:` of a file: of steps, and of jobs that call a workflow. */
export function allUses({ jobs, steps }: Pick<RuleContext, 'jobs' | 'steps'>): UsesOf[] {
  const all: UsesOf[] = [];
  for (const job of jobs) if (job.uses !== undefined) all.push({ uses: job.uses, step: undefined, job });
  for (const step of steps) if (step.uses !== undefined) all.push({ uses: step.uses, step, job: step.job });
  return all;
}

/** `owner/repo` or `owner/repo/path`, lower case. */
export function actionName(uses: Uses): string {
  return uses.path === '' ? uses.slug : `${uses.slug}/${uses.path.toLowerCase()}`;
}
