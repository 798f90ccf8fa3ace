import * as v from 'valibot';

/** In this order they stand in `Series.verdicts`. */
export const verdicts = ['collecting', 'stable', 'suspect', 'regression', 'improvement', 'recovered'] as const;
export type VerdictName = (typeof verdicts)[number];

const text = v.string();
const number = v.number();
const numbers = v.instance(Float64Array);
const sha = v.pipe(text, v.regex(/^[0-9a-f]{7,64}$/i));

const rowSchema = v.object({
  key: text,
  benchmark: text,
  package: v.nullable(text),
  unit: text,
  /** Of the newest run: what is judged, and what Criterion prints. */
  value: number,
  typical: number,
  /** Null until it is judged. */
  verdict: v.nullable(v.picklist(verdicts)),
  /** In a few words; the reason tells the whole. */
  words: text,
  reason: text,
  change: v.nullable(number),
  /** The larger, the sooner a person wants to see it. */
  significance: number,
  /** Of the series of the newest run, oldest first; thinned out. */
  spark: v.array(number),
  runs: number,
  /** What was measured where, for people. */
  where: text,
});
/** A benchmark in the overview. */
export type Row = v.InferOutput<typeof rowSchema>;

const seriesSchema = v.object({
  label: text,
  /** The one that the overview shows. */
  main: v.boolean(),
  local: v.boolean(),
  unit: text,
  /** One item a run, in run order. Milliseconds; NaN where it is not known. */
  at: numbers,
  value: numbers,
  typical: numbers,
  low: numbers,
  high: numbers,
  /** What would not be out of the ordinary; NaN while collecting. */
  normalLow: numbers,
  normalHigh: numbers,
  verdicts: v.instance(Uint8Array),
  /** Against the accepted level, as fractions; NaN while collecting. */
  change: numbers,
  reasons: v.array(text),
  commits: v.array(v.nullable(text)),
  runs: v.array(text),
  attempts: numbers,
  /** Where a level begins that was found later. */
  changes: v.array(v.object({ index: number, text, verdict: v.picklist(verdicts) })),
  branch: v.nullable(text),
  runner: v.nullable(text),
  toolchain: v.nullable(text),
});
/** Runs of a benchmark that may be compared with each other. */
export type Series = v.InferOutput<typeof seriesSchema>;

const benchmarkSchema = v.object({
  key: text,
  benchmark: text,
  package: v.nullable(text),
  series: v.array(seriesSchema),
  releases: v.array(v.object({ at: number, tag: text })),
});
export type Benchmark = v.InferOutput<typeof benchmarkSchema>;

const runSchema = v.object({ id: text, label: text });
export type RunChoice = v.InferOutput<typeof runSchema>;

const comparedSchema = v.object({
  benchmark: text,
  package: v.nullable(text),
  unit: text,
  from: v.nullable(number),
  to: v.nullable(number),
  /** As a fraction; null where the two are not comparable. */
  change: v.nullable(number),
  obstacle: v.nullable(text),
});
export type Compared = v.InferOutput<typeof comparedSchema>;

const spanSchema = v.object({
  id: text,
  /** What is (or was to be) live: a tag, a branch, a digest or a commit. */
  version: text,
  kind: v.picklist(['deployment', 'rollback']),
  state: v.picklist(['live', 'replaced', 'failed', 'waiting', 'running', 'unknown']),
  from: number,
  /** Null: still so. */
  until: v.nullable(number),
  sha: v.nullable(text),
  digest: v.nullable(text),
  by: v.nullable(text),
  reason: v.nullable(text),
  runId: v.nullable(number),
  /** Who may approve what waits. */
  waitsFor: v.array(text),
});
/** One deployment of an environment, as long as it was what it says. */
export type Span = v.InferOutput<typeof spanSchema>;

const laneSchema = v.object({ environment: text, spans: v.array(spanSchema) });
export type Lane = v.InferOutput<typeof laneSchema>;

const releaseRowSchema = v.object({
  tag: text,
  name: text,
  notes: text,
  prerelease: v.boolean(),
  draft: v.boolean(),
  author: v.nullable(text),
  at: number,
  /** Environments where it is live now. */
  live: v.array(text),
  downloads: number,
  assets: v.array(v.object({ name: text, size: number, downloads: number, digest: v.nullable(text) })),
  image: v.nullable(v.object({ digest: text, tags: v.array(text) })),
  /** Why nothing can be rolled back to it; null: it can. */
  obstacle: v.nullable(text),
});
export type ReleaseRow = v.InferOutput<typeof releaseRowSchema>;

export const timelineSchema = v.object({
  lanes: v.array(laneSchema),
  releases: v.array(releaseRowSchema),
  now: number,
});
export type Timeline = v.InferOutput<typeof timelineSchema>;

/** What a button of a message does. */
export const actions = ['reload', 'scaffold', 'help'] as const;
export type Action = (typeof actions)[number];
const noteSchema = v.object({
  kind: v.picklist(['error', 'warning', 'info']),
  text,
  action: v.nullable(v.object({ action: v.picklist(actions), label: text })),
});
/** Something to say in the panel, with the button that helps. */
export type Note = v.InferOutput<typeof noteSchema>;

export const tabs = ['benchmarks', 'releases'] as const;
export type Tab = (typeof tabs)[number];

/** What the editor tells the panel. */
export const toPanelSchema = v.variant('type', [
  v.object({
    type: v.literal('overview'),
    rows: v.array(rowSchema),
    /** `false` while more is being fetched or judged. */
    complete: v.boolean(),
    runs: v.array(runSchema),
    repository: v.nullable(text),
  }),
  v.object({ type: v.literal('benchmark'), benchmark: benchmarkSchema }),
  v.object({ type: v.literal('comparison'), from: text, to: text, rows: v.array(comparedSchema) }),
  v.object({ type: v.literal('releases'), timeline: v.nullable(timelineSchema), canRollBack: v.boolean() }),
  v.object({
    type: v.literal('progress'),
    tab: v.picklist(tabs),
    /** What is being fetched; null when nothing is. */
    text: v.nullable(text),
    /** Between 0 and 1; null where it is not known. */
    share: v.nullable(number),
  }),
  v.object({ type: v.literal('notes'), tab: v.picklist(tabs), notes: v.array(noteSchema) }),
  v.object({
    type: v.literal('show'),
    tab: v.nullable(v.picklist(tabs)),
    benchmark: v.nullable(text),
    compare: v.nullable(v.object({ from: text, to: text })),
  }),
]);
export type ToPanel = v.InferOutput<typeof toPanelSchema>;

const exportFormats = ['csv', 'json', 'svg'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What the panel asks of the editor. */
export const toEditorSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('select'), key: text }),
  v.object({ type: v.literal('compare'), from: text, to: text }),
  v.object({ type: v.literal('openSource'), key: text }),
  v.object({ type: v.literal('openCommit'), sha }),
  v.object({ type: v.literal('openRun'), run: v.pipe(text, v.regex(/^\d{1,16}$/)) }),
  v.object({ type: v.literal('downloadArtifact'), run: v.pipe(text, v.regex(/^\d{1,16}$/)) }),
  v.object({ type: v.literal('openRelease'), tag: v.pipe(text, v.minLength(1)) }),
  v.object({
    type: v.literal('accept'),
    key: text,
    run: text,
    commit: v.nullable(sha),
    runner: v.nullable(text),
    toolchain: v.nullable(text),
  }),
  v.object({
    type: v.literal('export'),
    format: v.picklist(exportFormats),
    name: v.pipe(text, v.regex(/^[\w.-]{1,100}$/)),
    content: v.pipe(text, v.maxLength(20_000_000)),
  }),
  v.object({ type: v.literal('copy'), content: v.pipe(text, v.maxLength(2_000_000)) }),
  v.object({ type: v.literal('rollBack'), tag: v.pipe(text, v.minLength(1)) }),
  v.object({ type: v.literal('approve'), run: v.pipe(text, v.regex(/^\d{1,16}$/)) }),
  v.object({ type: v.literal('cancel') }),
  /** `help`: presses the button of the note at `index` in that tab. */
  v.object({
    type: v.literal('action'),
    action: v.picklist(actions),
    tab: v.picklist(tabs),
    index: v.nullable(number),
  }),
]);
export type ToEditor = v.InferOutput<typeof toEditorSchema>;

/** The message, or why it is none. */
export type Received<M> = { readonly ok: true; readonly message: M } | { readonly ok: false; readonly problem: string };

export function receive<S extends typeof toPanelSchema | typeof toEditorSchema>(
  schema: S,
  data: unknown,
): Received<v.InferOutput<S>> {
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return { ok: true, message: result.output };
  const [issue] = result.issues;
  return { ok: false, problem: `${v.getDotPath(issue) ?? 'the message'}: ${issue.message}` };
}
