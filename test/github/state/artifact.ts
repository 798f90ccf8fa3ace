import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { milliseconds } from '../duration.js';
import type { ArtifactPlan } from './plan.js';

/** What a run uploaded. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Of the archive, or of the file where it is not archived. */
  readonly bytes: () => Uint8Array;
  readonly size: number;
  readonly contentType: 'application/zip' | 'application/octet-stream';
  readonly digest: string | null;
  readonly createdAt: number;
  /** May be changed, to make it expire. */
  expiresAt: number;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Packs what a job uploads. */
export function createArtifact(
  id: number,
  { name, content, expiresIn = '90d', digest }: ArtifactPlan,
  now: number,
): Artifact {
  const raw = content instanceof Uint8Array;
  const bytes = raw ? content : zipped(content, now);
  return {
    id,
    name,
    bytes: () => bytes,
    size: bytes.length,
    contentType: raw ? 'application/octet-stream' : 'application/zip',
    digest: digest === undefined ? `sha256:${sha256(bytes)}` : digest,
    createdAt: now,
    expiresAt: now + milliseconds(expiresIn),
  };
}

/** A zip of files by name. */
export function zipped(files: Readonly<Record<string, string | Uint8Array>>, now: number): Uint8Array {
  const entries = Object.entries(files).map(
    ([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content] as const,
  );
  // Zip knows years from 1980 on.
  return zipSync(Object.fromEntries(entries), { mtime: Math.max(now, Date.UTC(1981)) });
}
