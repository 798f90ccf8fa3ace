import * as v from 'valibot';
import { estimatesSchema, throughputSchema } from '../history/criterion/schema.js';

const text = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest such as sha256:…'));

const gateSchema = v.looseObject({
  id: v.pipe(text, v.description('the id of its job, for example "coverage"')),
  state: v.pipe(
    v.picklist(['pass', 'fail', 'skipped', 'cancelled']),
    v.description('"skipped" means that it checked nothing; the reason says why'),
  ),
  value: v.pipe(v.nullable(v.number()), v.description('what was measured, in `unit`')),
  threshold: v.pipe(v.nullable(v.number()), v.description('what `value` must reach, in `unit`')),
  unit: v.pipe(v.nullable(text), v.description('for example "%", "tests" or "vulnerabilities"')),
  reason: v.pipe(v.nullable(text), v.description('why, in a sentence for people')),
});

const totals = {
  covered: v.pipe(count, v.description('lines that a test ran')),
  coverable: v.pipe(count, v.description('lines that a test could run')),
};

const coverageSchema = v.looseObject({
  ...totals,
  crates: v.array(
    v.looseObject({
      name: text,
      root: v.pipe(text, v.description('folder of its workspace; "." is the repository')),
      ...totals,
    }),
  ),
});

const benchmarkSchema = v.looseObject({
  benchmark: v.pipe(text, v.description('Criterion’s full_id, for example "parse/large"')),
  root: v.pipe(text, v.description('folder of its workspace; "." is the repository')),
  package: text,
  bench: v.pipe(text, v.description('name of the bench target')),
  unit: v.pipe(text, v.description('what is measured for one iteration: "ns"')),
  // A kind of throughput that is not known yet must not cost the measurement.
  throughput: v.fallback(v.nullable(throughputSchema), null),
  iters: v.pipe(v.array(v.nullable(v.number())), v.description('iterations of each sample')),
  times: v.pipe(v.array(v.nullable(v.number())), v.description('total of each sample, in `unit`')),
  estimates: v.pipe(estimatesSchema, v.description('as in Criterion’s estimates.json')),
});

const machineSchema = v.looseObject({
  runner: v.pipe(text, v.description('class of the machine that the benchmarks ran on')),
  toolchain: v.pipe(text, v.description('what rustc --version says')),
});

const releaseSchema = v.looseObject({
  tag: text,
  version: v.pipe(text, v.description('of Cargo.toml')),
  environment: v.picklist(['staging', 'production']),
  url: v.pipe(v.nullable(text), v.description('null unless it was published')),
  assets: v.array(v.looseObject({ name: text, size: count, sha256: v.nullable(text) })),
});

const imageSchema = v.looseObject({
  name: v.pipe(text, v.description('with its registry, for example "ghcr.io/owner/name"')),
  digest,
  version: v.nullable(text),
  tags: v.array(text),
  platforms: v.pipe(v.array(text), v.description('for example "linux/amd64"')),
});

const imageVersion = v.looseObject({ digest, version: v.nullable(text) });

const rollbackSchema = v.looseObject({
  image: v.pipe(text, v.description('with its registry, for example "ghcr.io/owner/name"')),
  tag: v.pipe(text, v.description('the tag that moves: "latest"')),
  from: v.pipe(v.nullable(imageVersion), v.description('what the tag was; null if there was no such tag')),
  to: imageVersion,
  platforms: v.array(text),
  reason: text,
  actor: v.pipe(text, v.description('who asked for it')),
  request: v.pipe(v.nullable(text), v.description('by which an editor recognises its own rollback')),
  done: v.pipe(v.boolean(), v.description('whether the tag was moved and verified')),
  release: v.pipe(v.nullable(text), v.description('the release that was marked as the latest one')),
});

/**
 * `rust-ci-report.json`, the one file of the artifact `rust-ci-report` (**contract**, published as
 * schema/rust-ci-report.schema.json): what a run of a workflow found out. Version 1 may get more keys; keys that are not
 * named here are ignored. No source text goes into it.
 */
export const reportSchema = v.pipe(
  v.looseObject({
    schema: v.literal(1),
    workflow: v.pipe(text, v.description('id of the workflow, for example "test"')),
    repository: v.pipe(text, v.description('owner/name')),
    commit: v.pipe(text, v.description('full SHA; of a pull request its head, not the merge that was tested')),
    ref: text,
    event: text,
    run: v.looseObject({ id: count, number: count, attempt: count }),
    created: v.pipe(text, v.isoTimestamp()),
    gates: v.array(gateSchema),
    coverage: v.optional(coverageSchema),
    machine: v.optional(machineSchema),
    benchmarks: v.optional(v.array(benchmarkSchema)),
    release: v.optional(releaseSchema),
    image: v.optional(imageSchema),
    rollback: v.optional(rollbackSchema),
  }),
  v.title('What a run of a Rust CI workflow found out'),
);
export type Report = v.InferOutput<typeof reportSchema>;
export type ReportedGate = v.InferOutput<typeof gateSchema>;

/** The name of the artifact, and of the file in it. */
export const reportArtifact = 'rust-ci-report';
export const reportFile = 'rust-ci-report.json';

/** Reads a report. Throws an error that names the key that is wrong, or a version that is not known. */
export function parseReport(json: string): Report {
  const value: unknown = JSON.parse(json);
  const version = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof version === 'number' && version > 1) {
    throw new Error(
      `${reportFile} has schema version ${version}; only version 1 is known. Update Rust CI Pipeline to read it.`,
    );
  }
  const result = v.safeParse(reportSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${reportFile} is not a report: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}.`);
}
