import * as v from 'valibot';
import { conclusions, statuses, type Job } from '../../core/actions/run.js';

const progress = { status: v.picklist(statuses), conclusion: v.nullable(v.picklist(conclusions)) };
const time = v.nullable(v.number());

/** Jobs as they lie on disk. */
export const storedJobs: v.GenericSchema<unknown, readonly Job[]> = v.array(
  v.object({
    ...progress,
    id: v.number(),
    runId: v.number(),
    attempt: v.number(),
    name: v.string(),
    startedAt: time,
    completedAt: time,
    steps: v.array(v.object({ ...progress, number: v.number(), name: v.string(), startedAt: time, completedAt: time })),
    checkRunId: v.nullable(v.number()),
    url: v.string(),
  }),
);
