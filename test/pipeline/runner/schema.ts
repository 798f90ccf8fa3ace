import * as v from 'valibot';

// Everything that the runner understands of a workflow. The objects are strict: a key that is missing here is an error,
// because a runner that ignored it would call a workflow good that it never ran.

const text = v.string();
const scalar = v.union([text, v.number(), v.boolean(), v.null()]);
const env = v.record(text, scalar);
const names = v.union([text, v.array(text)]);
const condition = v.union([text, v.boolean()]);
const defaults = v.strictObject({
  run: v.strictObject({ shell: v.optional(text), 'working-directory': v.optional(text) }),
});
/** Read so that a misspelt key is found, but without effect here. */
const ignored = {
  permissions: v.optional(v.union([text, v.record(text, text)])),
  concurrency: v.optional(
    v.union([text, v.strictObject({ group: text, 'cancel-in-progress': v.optional(condition) })]),
  ),
};

const stepSchema = v.strictObject({
  id: v.optional(text),
  name: v.optional(text),
  if: v.optional(condition),
  uses: v.optional(text),
  with: v.optional(env),
  run: v.optional(text),
  shell: v.optional(text),
  env: v.optional(env),
  'working-directory': v.optional(text),
  'continue-on-error': v.optional(condition),
  'timeout-minutes': v.optional(v.number()),
});

const strategySchema = v.strictObject({
  matrix: v.union([text, v.record(text, v.unknown())]),
  'fail-fast': v.optional(condition),
  'max-parallel': v.optional(v.number()),
});

const jobSchema = v.strictObject({
  ...ignored,
  name: v.optional(text),
  needs: v.optional(names, []),
  if: v.optional(condition),
  'runs-on': names,
  environment: v.optional(
    v.union([text, v.strictObject({ name: text, url: v.optional(text), deployment: v.optional(v.boolean()) })]),
  ),
  outputs: v.optional(v.record(text, text), {}),
  env: v.optional(env, {}),
  defaults: v.optional(defaults),
  'timeout-minutes': v.optional(v.number()),
  'continue-on-error': v.optional(condition),
  strategy: v.optional(strategySchema),
  steps: v.array(stepSchema),
});

const refs = v.nullable(v.strictObject({ branches: v.optional(v.array(text)), tags: v.optional(v.array(text)) }));
const inputSchema = v.strictObject({
  description: v.optional(text),
  required: v.optional(v.boolean(), false),
  default: v.optional(scalar),
  type: v.optional(v.picklist(['string', 'boolean', 'number', 'choice']), 'string'),
  options: v.optional(v.array(text)),
});
const triggersSchema = v.strictObject({
  push: v.optional(refs),
  pull_request: v.optional(refs),
  merge_group: v.optional(refs),
  schedule: v.optional(v.array(v.strictObject({ cron: text }))),
  workflow_dispatch: v.optional(v.nullable(v.strictObject({ inputs: v.optional(v.record(text, inputSchema), {}) }))),
});

export const workflowSchema = v.strictObject({
  ...ignored,
  name: text,
  'run-name': v.optional(text),
  on: triggersSchema,
  env: v.optional(env, {}),
  defaults: v.optional(defaults),
  jobs: v.record(text, jobSchema),
});

export type Workflow = v.InferOutput<typeof workflowSchema>;
export type Triggers = v.InferOutput<typeof triggersSchema>;
export type Job = v.InferOutput<typeof jobSchema>;
export type Step = v.InferOutput<typeof stepSchema>;
export type Environment = v.InferOutput<typeof env>;
