import * as v from 'valibot';
import { parse } from 'yaml';

const scalar = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const variables = v.optional(v.record(v.string(), scalar), {});
const defaults = v.optional(
  v.looseObject({
    run: v.optional(v.looseObject({ shell: v.optional(v.string()), 'working-directory': v.optional(v.string()) })),
  }),
);
const condition = v.optional(v.union([v.string(), v.boolean()]));

const stepSchema = v.looseObject({
  id: v.optional(v.string()),
  name: v.optional(v.string()),
  if: condition,
  uses: v.optional(v.string()),
  with: variables,
  run: v.optional(v.string()),
  env: variables,
  shell: v.optional(v.string()),
  'working-directory': v.optional(v.string()),
});

const jobSchema = v.looseObject({
  name: v.optional(v.string()),
  needs: v.optional(
    v.pipe(
      v.union([v.string(), v.array(v.string())]),
      v.transform((needs) => (typeof needs === 'string' ? [needs] : needs)),
    ),
    [],
  ),
  if: condition,
  'runs-on': v.optional(v.unknown()),
  env: variables,
  defaults,
  strategy: v.optional(v.looseObject({ matrix: v.optional(v.unknown()) })),
  steps: v.optional(v.array(stepSchema), []),
});

const workflowSchema = v.looseObject({ env: variables, defaults, jobs: v.record(v.string(), jobSchema) });

/** As much of a workflow as running one of its jobs here takes. */
export type WorkflowFile = v.InferOutput<typeof workflowSchema>;
export type WorkflowJob = v.InferOutput<typeof jobSchema>;
export type WorkflowStep = v.InferOutput<typeof stepSchema>;

/** Reads a workflow. Throws an error that says what is wrong where. */
export function readWorkflow(text: string, path: string): WorkflowFile {
  const result = v.safeParse(workflowSchema, parse(text, { merge: true }));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${path}: ${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`);
}
