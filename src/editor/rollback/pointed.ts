import * as v from 'valibot';
import type { Candidate } from '../../core/rollback/candidates.js';
import { versionIn } from '../../core/rollback/version.js';
import { targetOf } from '../tree/target.js';

/** What a row, a point of a chart or another command points at: an image, a release or a version. */
export interface Pointed {
  readonly digest?: string | undefined;
  /** Of a release or an image. */
  readonly tag?: string | undefined;
  /** Written into the field for the reason. */
  readonly reason?: string | undefined;
}

const text = v.optional(v.string());
const pointedSchema = v.object({ digest: text, tag: text, reason: text });

/** Reads what the command was called with. Something else, such as the address of a file, points at nothing. */
export function pointedAt(argument: unknown): Pointed {
  const target = targetOf(argument, 'release', 'image', 'environment');
  switch (target?.kind) {
    case 'release':
      return { tag: target.release.tag };
    case 'image':
      return { digest: target.image.digest };
    case 'environment':
      return {};
    case undefined: {
      const result = v.safeParse(pointedSchema, argument);
      return result.success ? result.output : {};
    }
  }
}

export function isPointed({ digest, tag }: Pointed, candidate: Candidate): boolean {
  if (digest !== undefined) return candidate.digest === digest;
  if (tag === undefined) return false;
  return isTagOf(tag, { image: candidate, version: candidate.version });
}

/** Whether a tag, of git or of an image, names this version. */
export function isTagOf(
  tag: string,
  { image, version }: { readonly image: { readonly tags: readonly string[] }; readonly version: string | null },
): boolean {
  return image.tags.includes(tag) || (version !== null && version === versionIn(tag));
}
