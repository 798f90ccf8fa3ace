import type { Artifact, Job } from '../core/actions/run.js';
import { ArtifactError } from './artifact-error.js';
import type { RepositoryName } from './api/fields.js';
import type { GitHub, RawAnswer } from './client.js';
import { GitHubError } from './problem.js';
import { inMegabytes, isSafeName, isZip, unzip, zipBounds, type ZipBounds } from './zip.js';

export interface ArtifactBounds extends ZipBounds {
  /** Bytes of what is downloaded. */
  readonly download: number;
}

export const artifactBounds: ArtifactBounds = { ...zipBounds, download: 128 * 1024 * 1024 };
const downloadTimeout = 5 * 60_000;

/**
 * The files of an artifact, by name. Whoever reads them checks what is in them.
 *
 * GitHub redirects to a storage that must not get the token. What comes from there is believed only when it has the digest
 * that GitHub told of it, where it told one.
 */
export async function downloadArtifact(
  github: GitHub,
  repository: RepositoryName,
  artifact: Artifact,
  signal?: AbortSignal,
  bounds: ArtifactBounds = artifactBounds,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const named = `The artifact "${artifact.name}"`;
  const expired = (): ArtifactError => new ArtifactError('expired', `${named} has expired.`);
  if (artifact.expired) throw expired();
  if (artifact.size > bounds.download) {
    throw new ArtifactError('too-large', `${named} has ${inMegabytes(artifact.size)} MB; that is too much.`);
  }
  const asking = { what: `the artifact "${artifact.name}"`, signal };
  const parameters = { ...repository, artifact_id: artifact.id, archive_format: 'zip' };
  const first = await github.raw(github.rest.actions.downloadArtifact, parameters, asking).catch((error: unknown) => {
    throw isGone(error) ? expired() : error;
  });
  const answer = await follow(github, first, { timeout: downloadTimeout, bytes: bounds.download }, asking);
  await verify(artifact, answer.bytes);
  if (isZip(answer.bytes)) return unzip(answer.bytes, bounds);
  // Uploaded without an archive: then the artifact has the name of its one file.
  if (/^application\/(?:x-)?zip\b/.test(answer.type) || !isSafeName(artifact.name)) {
    throw new ArtifactError('damaged', `${named} is no archive.`);
  }
  return new Map([[artifact.name, answer.bytes]]);
}

/** The whole log of a job that has ended. */
export async function downloadLog(
  github: GitHub,
  repository: RepositoryName,
  job: Job,
  signal?: AbortSignal,
): Promise<string> {
  const asking = { what: `the log of "${job.name}"`, signal };
  const parameters = { ...repository, job_id: job.id };
  const first = await github.raw(github.rest.actions.downloadJobLogsForWorkflowRun, parameters, asking);
  const bounds = { timeout: downloadTimeout, bytes: artifactBounds.download };
  const { bytes } = await follow(github, first, bounds, asking);
  return new TextDecoder().decode(bytes);
}

async function follow(
  github: GitHub,
  answer: RawAnswer,
  bounds: { readonly timeout: number; readonly bytes: number },
  asking: { readonly what: string; readonly signal: AbortSignal | undefined },
): Promise<RawAnswer> {
  if (answer.status < 300 || answer.location === null) return answer;
  const target = new URL(answer.location, github.apiUrl);
  const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(target.hostname);
  if (
    target.protocol !== 'https:' &&
    !(target.protocol === 'http:' && loopback) &&
    github.apiUrl.startsWith('https:')
  ) {
    throw new ArtifactError('refused', `GitHub leads to an address without encryption for ${asking.what}.`);
  }
  const found = await github.blob(target.href, bounds, asking);
  if (found.status >= 200 && found.status < 300) return found;
  if (found.status === 404 || found.status === 410) {
    throw new ArtifactError('expired', `The storage does not have ${asking.what} any more.`);
  }
  throw new GitHubError(
    { kind: 'server', status: found.status },
    `The storage refused ${asking.what} with status ${found.status}.`,
  );
}

async function verify({ name, digest }: Artifact, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const expected = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
  if (expected === undefined) return;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const actual = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (actual !== expected) {
    throw new ArtifactError('damaged', `The artifact "${name}" is not what was uploaded: its digest differs.`);
  }
}

function isGone(error: unknown): boolean {
  return error instanceof GitHubError && error.problem.kind === 'not-found';
}
