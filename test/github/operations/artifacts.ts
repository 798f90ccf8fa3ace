import { ApiError, notFound, ok, type Call, type Handlers } from '../http/call.js';
import { counted } from '../http/paging.js';
import { shownArtifact } from '../shapes/run.js';
import type { Artifact } from '../state/artifact.js';
import type { Run } from '../state/run.js';
import { redirect, runOf } from './runs.js';

export const artifacts: Handlers = {
  'actions/list-workflow-run-artifacts': (call) => {
    const run = runOf(call);
    const named = byName(call, run.artifacts);
    const ordered = call.query.get('direction') === 'asc' ? named : named.reverse();
    return counted(call, 'artifacts', ordered, (artifact) => shownArtifact(call.repository, run, artifact));
  },
  'actions/list-artifacts-for-repo': (call) => {
    const all = call.repository.runs.all.flatMap((run) =>
      byName(call, run.artifacts).map((artifact) => ({ run, artifact })),
    );
    all.sort((a, b) => b.artifact.id - a.artifact.id);
    return counted(call, 'artifacts', all, ({ run, artifact }) => shownArtifact(call.repository, run, artifact));
  },
  'actions/get-artifact': (call) => {
    const { run, artifact } = artifactOf(call);
    return ok(shownArtifact(call.repository, run, artifact));
  },
  'actions/download-artifact': (call) => {
    const { artifact } = artifactOf(call);
    if (artifact.expiresAt <= call.world.clock.now) throw new ApiError(410, 'Artifact has expired');
    if (call.params['archive_format'] !== 'zip') throw notFound();
    const zip = artifact.contentType === 'application/zip';
    return redirect(call, artifact.bytes, artifact.contentType, zip ? `${artifact.name}.zip` : artifact.name);
  },
};

function byName({ query }: Call, all: readonly Artifact[]): Artifact[] {
  const name = query.get('name');
  return all.filter((artifact) => name === null || artifact.name === name);
}

function artifactOf({ repository, params }: Call): { run: Run; artifact: Artifact } {
  const id = Number(params['artifact_id']);
  const run = repository.runs.runOfArtifact(id);
  const artifact = run?.artifacts.find((candidate) => candidate.id === id);
  if (run === undefined || artifact === undefined) throw notFound();
  return { run, artifact };
}
