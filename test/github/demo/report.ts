import type { Report, ReportedGate } from '../../../src/core/gates/report.js';
import { timestamp } from '../duration.js';
import type { ArtifactPlan } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import type { Run } from '../state/run.js';

type Found = Partial<Pick<ReportedGate, 'value' | 'threshold' | 'unit' | 'reason'>>;

/** A gate of a report. */
export function gate(id: string, state: ReportedGate['state'] = 'pass', found: Found = {}): ReportedGate {
  return { id, state, value: null, threshold: null, unit: null, reason: null, ...found };
}

/** The artifact that a run of the pipeline uploads at its end. */
export function reportOf(
  repository: RepositoryState,
  run: Run,
  gates: readonly ReportedGate[],
  more: Partial<Report> = {},
): ArtifactPlan {
  const tag = run.branch !== null && repository.git.tags.has(run.branch);
  const ref =
    run.event === 'pull_request'
      ? `refs/pull/${run.pullRequests[0] ?? 0}/merge`
      : `refs/${tag ? 'tags' : 'heads'}/${run.branch ?? ''}`;
  const report: Report = {
    schema: 1,
    workflow: run.workflow.name,
    repository: repository.fullName,
    commit: run.commit.sha,
    ref,
    event: run.event,
    run: { id: run.id, number: run.number, attempt: run.attempts.length },
    created: timestamp(repository.world.clock.now),
    gates: [...gates],
    ...more,
  };
  return { name: 'rust-ci-report', content: { 'rust-ci-report.json': `${JSON.stringify(report)}\n` } };
}
