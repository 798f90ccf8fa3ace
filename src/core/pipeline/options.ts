import * as v from 'valibot';

/** The workflows of the pipeline, by file name without extension, in the order in which a change meets them. */
export const workflowIds = ['test', 'security', 'release', 'container', 'rollback', 'benchmarks'] as const;
export type WorkflowId = (typeof workflowIds)[number];

/** Operating systems that the test matrix can run on. */
export const runnerIds = ['linux', 'macos', 'windows'] as const;
export type RunnerId = (typeof runnerIds)[number];

/** Gates of test.yml that a project may do without. */
export const extraGateIds = ['docs', 'msrv', 'nextest', 'features', 'semver', 'minimal-versions', 'miri'] as const;
export type ExtraGateId = (typeof extraGateIds)[number];

/** A folder inside the repository: POSIX, relative, `.` for the repository itself, never a way out. */
const folder = v.pipe(
  v.string(),
  v.regex(
    /^(?:\.|(?!\.{1,2}(?:\/|$))[\w.+@-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.+@-]+)*)$/,
    'must be a relative folder such as "." or "crates/api"',
  ),
);

/**
 * What a person can choose of the pipeline. It is stored in `.github/rust-ci.json`, so that an update renders the same
 * choice again (**contract**: keys and values only change with a migration).
 */
export const optionsSchema = v.strictObject({
  workflows: v.pipe(v.array(v.picklist(workflowIds)), v.minLength(1)),
  /** The branch whose pushes are tested and whose cache is shared. */
  defaultBranch: v.pipe(v.string(), v.regex(/^[^\s~^:?*[\\'"#{},]+$/, 'must be a branch name')),
  /** The folders that hold the Cargo workspaces (or lone packages) to be checked. */
  roots: v.pipe(v.array(folder), v.minLength(1)),
  runners: v.pipe(v.array(v.picklist(runnerIds)), v.minLength(1)),
  coverage: v.strictObject({
    /** Lowest share of covered lines that passes, in per cent. */
    threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
    /** Upload to Codecov where the secret CODECOV_TOKEN is set. */
    codecov: v.boolean(),
  }),
  gates: v.array(v.picklist(extraGateIds)),
  /** Publish to the Rust crates registry by trusted publishing. */
  publish: v.boolean(),
  /** Private Cargo registries, by the name they have in `.cargo/config.toml`. */
  registries: v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/, 'must be a Cargo registry name'))),
  /** Tell Slack of deliveries where the secret SLACK_WEBHOOK_URL is set. */
  slack: v.boolean(),
  /** Append every benchmark run to the branch `benchmark-history`, which outlives artifacts. */
  benchmarkHistory: v.boolean(),
});
export type PipelineOptions = v.InferOutput<typeof optionsSchema>;

/** The recommended pipeline. */
export const defaultOptions: PipelineOptions = {
  workflows: [...workflowIds],
  defaultBranch: 'main',
  roots: ['.'],
  runners: ['linux', 'macos', 'windows'],
  coverage: { threshold: 80, codecov: true },
  gates: ['docs', 'msrv'],
  publish: false,
  registries: [],
  slack: true,
  benchmarkHistory: false,
};
