import * as v from 'valibot';
import { conclusions, statuses, type Progress } from '../../core/actions/run.js';

/** Ids are numbers that JavaScript can hold; if GitHub's ever grow beyond, it is said and not rounded. */
export const id = v.pipe(v.number(), v.safeInteger());

export const count = v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);

/** A time as milliseconds since 1970. */
export const time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number('not a time'),
);

export const optionalTime = v.fallback(v.nullish(time, null), null);

/** Text that may be missing without anybody missing it. */
export const optionalText = v.fallback(v.nullish(v.string(), null), null);
export const textOrEmpty = v.fallback(v.nullish(v.string(), ''), '');

/** Who did it; null for accounts that are gone. */
export const login = v.fallback(
  v.nullish(
    v.pipe(
      v.object({ login: v.string() }),
      v.transform((user) => user.login),
    ),
    null,
  ),
  null,
);

/** GitHub gets new states from time to time: those are unknown, and never taken for good ones. */
export const progress = {
  status: v.fallback(v.picklist(statuses), 'unknown'),
  conclusion: v.fallback(v.nullish(v.picklist(conclusions), null), 'unknown'),
};

/** What is completed has a conclusion, and nothing else has one. */
export function progressOf({ status, conclusion }: Progress): Progress {
  return { status, conclusion: status === 'completed' ? (conclusion ?? 'unknown') : null };
}

export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}
