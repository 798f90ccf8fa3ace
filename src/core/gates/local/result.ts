import * as v from 'valibot';

/** How a gate stood the last time it ran here. */
export const localResultSchema = v.object({
  gate: v.string(),
  state: v.picklist(['passed', 'failed', 'skipped']),
  value: v.nullable(v.number()),
  threshold: v.nullable(v.number()),
  unit: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  /** The commit that was checked out; null where git does not tell. */
  commit: v.nullable(v.string()),
  /** Files were different from that commit. */
  dirty: v.boolean(),
  /** When it ended, and how long it took, in milliseconds. */
  at: v.number(),
  took: v.number(),
});
export type LocalResult = v.InferOutput<typeof localResultSchema>;
