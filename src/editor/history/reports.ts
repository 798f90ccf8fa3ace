import type { Run } from '../../core/actions/run.js';
import { parseReport, reportArtifact, reportFile, type Report } from '../../core/gates/report.js';
import type { Store } from '../../github/store.js';

/** Runs of a workflow of the pipeline, newest first; none where the repository has no such workflow. */
export async function runsOfWorkflow(
  store: Store,
  file: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly Run[]> {
  if (store.snapshot.workflows === null) await store.refresh();
  const workflow = store.snapshot.workflows?.find(({ path }) => path === `.github/workflows/${file}`);
  const runs: Run[] = [];
  while (workflow && runs.length < most && !signal.aborted) {
    const more = await store.moreRuns(workflow.id, runs.at(-1) ?? null, signal);
    const known = new Set(runs.map(({ id }) => id));
    const fresh = more.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) break;
    runs.push(...fresh);
  }
  return runs.slice(0, most);
}

/**
 * What a run reported; null where it reported nothing, or its artifact has expired.
 * @throws where the report is there but cannot be read
 */
export async function reportOf(store: Store, run: Run, signal: AbortSignal): Promise<Report | null> {
  const artifacts = await store.artifacts(run, signal);
  const [artifact] = artifacts
    .filter(({ name, expired }) => name === reportArtifact && !expired)
    .sort((a, b) => b.id - a.id);
  if (!artifact) return null;
  const bytes = (await store.artifactFiles(artifact, signal)).get(reportFile);
  if (!bytes) return null;
  const report = parseReport(new TextDecoder().decode(bytes));
  // A report of another run is not believed.
  return report.run.id === run.id ? report : null;
}
