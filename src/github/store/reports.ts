import * as v from 'valibot';
import type { Artifact, Run } from '../../core/actions/run.js';
import type { RunReport } from '../../core/actions/snapshot.js';
import { parseReport, reportArtifact, reportFile } from '../../core/gates/report.js';
import { listNamedArtifacts, listRunArtifacts } from '../api/artifacts.js';
import type { RepositoryName } from '../api/fields.js';
import { ArtifactError } from '../artifact-error.js';
import { downloadArtifact } from '../artifact.js';
import type { GitHub } from '../client.js';
import type { Disk } from '../disk.js';

/** A report; or why there is one that can't be read, in words; or null where the run uploaded none. */
export type ReportFinding = RunReport | string | null;

export interface ReportSource {
  /** Asks which reports there are; then `of` needs no request to know it for most runs. */
  look(signal?: AbortSignal): Promise<void>;
  of(run: Run, signal?: AbortSignal): Promise<ReportFinding>;
}

/** A report has some kB; with the samples of hundreds of benchmarks, some MB. */
const bounds = { entries: 4, bytes: 64 * 1024 * 1024, download: 32 * 1024 * 1024 };

/** @param prefix of the keys on disk: names the repository. */
export function createReportSource(
  github: GitHub,
  repository: RepositoryName,
  disk: Disk,
  prefix: string,
): ReportSource {
  /** The newest reports of the repository, and whether these are all. */
  let listed: { readonly artifacts: readonly Artifact[]; readonly all: boolean } | null = null;
  /** What was found, by the id of the artifact: artifacts never change. */
  const read = new Map<number, RunReport | string>();

  async function artifactOf(run: Run, signal?: AbortSignal): Promise<Artifact | null> {
    const found = newestOf(listed?.artifacts ?? [], run.id);
    if (found) return found;
    const oldest = listed?.artifacts.at(-1);
    const covered = listed !== null && (listed.all || (oldest !== undefined && oldest.createdAt < run.createdAt));
    if (covered) return null;
    return newestOf(await listRunArtifacts(github, repository, run.id, signal), run.id);
  }

  async function readArtifact(artifact: Artifact, run: Run, signal?: AbortSignal): Promise<RunReport | string> {
    const key = `${prefix} report ${artifact.id}`;
    const stored = await disk.read(key, v.string());
    if (stored !== null) return interpret(stored, run);
    if (artifact.expired) return 'its report has expired.';
    try {
      const files = await downloadArtifact(github, repository, artifact, signal, bounds);
      const file = files.get(reportFile);
      if (!file) return `its artifact "${reportArtifact}" has no file ${reportFile}.`;
      const json = new TextDecoder().decode(file);
      await disk.write(key, json);
      return interpret(json, run);
    } catch (error) {
      if (error instanceof ArtifactError) return error.message;
      throw error;
    }
  }

  return {
    look: async (signal) => {
      const { value, more } = await listNamedArtifacts(github, repository, reportArtifact, signal);
      listed = { artifacts: value.filter(({ name }) => name === reportArtifact), all: !more };
    },
    of: async (run, signal) => {
      const artifact = await artifactOf(run, signal);
      if (!artifact) return null;
      const known = read.get(artifact.id);
      if (known !== undefined) return known;
      const finding = await readArtifact(artifact, run, signal);
      read.set(artifact.id, finding);
      if (read.size > 200) read.delete(read.keys().next().value ?? 0);
      return finding;
    },
  };
}

function newestOf(artifacts: readonly Artifact[], runId: number): Artifact | null {
  const own = artifacts.filter((artifact) => artifact.runId === runId && artifact.name === reportArtifact);
  return own.sort((one, other) => other.id - one.id)[0] ?? null;
}

/** A report of another run, or of another commit, is not believed. */
function interpret(json: string, run: Run): RunReport | string {
  try {
    const report = parseReport(json);
    if (report.run.id !== run.id) return 'its report is of another run.';
    return { runId: run.id, attempt: report.run.attempt, report };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
