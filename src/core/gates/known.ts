import type { WorkflowId } from '../pipeline/options.js';

/** A gate that the pipeline knows, whoever's workflow reports it. */
export interface KnownGate {
  /** Of our pipeline, the id of its job. */
  readonly id: string;
  readonly title: string;
  /** The workflow of our pipeline that reports it. */
  readonly workflow: WorkflowId;
  /** Whether our pipeline checks it for every commit; else a missing verdict says nothing about the commit. */
  readonly everyCommit: boolean;
  /** Every Rust project should have it: where nothing reports it, it is shown as not set up. */
  readonly expected: boolean;
  /** What jobs and checks of other people's workflows are called that do the same. */
  readonly pattern: RegExp;
}

const gate = (
  workflow: WorkflowId,
  id: string,
  title: string,
  pattern: RegExp,
  { everyCommit = true, expected = false } = {},
): KnownGate => ({ id, title, workflow, everyCommit, expected, pattern });

const expected = { expected: true };
const nowAndThen = { everyCommit: false };

/** In the order in which they are shown. A name that several patterns match belongs to the first. */
export const knownGates: readonly KnownGate[] = [
  gate('test', 'fmt', 'Format', /\b(?:rust|cargo[ -])?fmt\b|\bformat(?:ting)?\b/i, expected),
  gate('test', 'clippy', 'Clippy', /\bclippy\b/i, expected),
  gate('test', 'coverage', 'Coverage', /\bcoverage\b|\btarpaulin\b|\bllvm-cov\b|^codecov\/project\b/i, expected),
  gate('test', 'minimal-versions', 'Minimal versions', /\bmin(?:imal)?[ -]?versions?\b/i),
  gate('test', 'msrv', 'Oldest Rust', /\bmsrv\b|\bminimum supported\b/i),
  gate('test', 'miri', 'Miri', /\bmiri\b/i),
  gate('test', 'semver', 'Semantic versioning', /\bsemver\b/i),
  gate('test', 'features', 'Features', /\bcargo[ -]hack\b|\bfeatures?\b/i),
  gate('test', 'docs', 'Documentation', /\b(?:rust)?docs?\b|\bdocumentation\b/i),
  gate('security', 'audit', 'Advisories', /\baudit\b|\brustsec\b/i, expected),
  gate('security', 'deny', 'Licences and sources', /\b(?:cargo[ -])?deny\b|\blicen[cs]es\b/i),
  gate('security', 'gitleaks', 'Secrets', /\bgitleaks\b|\bsecret[ -]scan/i),
  gate('security', 'trivy', 'Vulnerabilities', /\btrivy\b/i),
  gate('security', 'workflows', 'Workflows', /\bactionlint\b|\bzizmor\b/i),
  gate('benchmarks', 'benchmarks', 'Benchmarks', /\bbench(?:marks?|es)?\b|\bcriterion\b/i, nowAndThen),
  gate('container', 'image', 'Container', /^$/, nowAndThen),
  gate('test', 'test', 'Tests', /\btests?\b|\bnextest\b|\bcheck and test\b/i, expected),
];

export const knownGate = (id: string): KnownGate | undefined => knownGates.find((one) => one.id === id);

/** Jobs of our pipeline that are no gates: they prepare, judge or tell. */
export const helperJobs: ReadonlySet<string> = new Set([
  'detect',
  'test-gate',
  'security-gate',
  'notify',
  'history',
  'plan',
]);

/** Workflows that deliver, by their file: their jobs say nothing about whether the code may ship. */
export const deliveryWorkflows: ReadonlySet<string> = new Set(['release', 'rollback']);
