import { scalars } from '../yaml/node';
import type { Entry, MapNode, Node, ScalarNode, SeqNode } from '../yaml/node';
import { readUses } from './uses';
import type { Uses } from './uses';

/** A workflow as rules see it. Whatever has an unexpected shape is absent here and reported by the schema. */
export interface Workflow {
  readonly node: MapNode;
  readonly name: ScalarNode | undefined;
  readonly triggers: readonly Trigger[];
  readonly onEntry: Entry | undefined;
  readonly permissions: Entry | undefined;
  readonly env: MapNode | undefined;
  readonly defaults: RunDefaults;
  readonly concurrency: Entry | undefined;
  readonly jobs: readonly Job[];
  /** By lower-case id. */
  readonly jobsById: ReadonlyMap<string, Job>;
  trigger(event: string): Trigger | undefined;
}

/** An event that starts the workflow. */
export interface Trigger {
  readonly event: string;
  /** The event's name where it stands. */
  readonly key: ScalarNode;
  /** Its filters or inputs. */
  readonly config: Node | undefined;
}

export interface RunDefaults {
  readonly shell: ScalarNode | undefined;
  readonly workingDirectory: ScalarNode | undefined;
}

export interface Job {
  readonly id: string;
  readonly key: ScalarNode;
  readonly entry: Entry;
  readonly node: MapNode;
  readonly index: number;
  readonly name: ScalarNode | undefined;
  readonly needs: readonly ScalarNode[];
  readonly if: ScalarNode | undefined;
  readonly runsOn: Node | undefined;
  readonly strategy: MapNode | undefined;
  readonly matrix: Node | undefined;
  readonly env: MapNode | undefined;
  readonly defaults: RunDefaults;
  readonly permissions: Entry | undefined;
  readonly outputs: MapNode | undefined;
  readonly environment: Node | undefined;
  readonly container: Node | undefined;
  readonly services: MapNode | undefined;
  readonly timeout: ScalarNode | undefined;
  readonly continueOnError: ScalarNode | undefined;
  readonly concurrency: Entry | undefined;
  /** Of a job that calls a reusable workflow. */
  readonly uses: Uses | undefined;
  readonly with: MapNode | undefined;
  readonly secrets: Node | undefined;
  /** In order; steps of a `parallel:` block stand behind their block. */
  readonly steps: readonly Step[];
}

export interface Step {
  /** Absent in a composite action. */
  readonly job: Job | undefined;
  readonly node: MapNode;
  /** Position among all steps of the job or action. */
  readonly index: number;
  readonly id: ScalarNode | undefined;
  readonly name: ScalarNode | undefined;
  readonly if: ScalarNode | undefined;
  readonly uses: Uses | undefined;
  readonly run: ScalarNode | undefined;
  readonly shell: ScalarNode | undefined;
  readonly workingDirectory: ScalarNode | undefined;
  readonly with: MapNode | undefined;
  readonly env: MapNode | undefined;
  readonly timeout: ScalarNode | undefined;
  readonly continueOnError: ScalarNode | undefined;
  /** The block this step belongs to. */
  readonly parallel: Step | undefined;
}

/** @param text of the document that `root` was read from */
export function readWorkflow(root: MapNode, text: string): Workflow {
  const jobs: Job[] = [];
  for (const entry of root.map('jobs')?.entries ?? [])
    if (entry.value.kind === 'map') jobs.push(readJob(entry, entry.value, jobs.length, text));
  const jobsById = new Map<string, Job>();
  for (const job of jobs) if (!jobsById.has(job.id.toLowerCase())) jobsById.set(job.id.toLowerCase(), job);
  const onEntry = root.entry('on');
  const triggers = readTriggers(onEntry?.value);
  return {
    node: root,
    name: root.scalar('name'),
    triggers,
    onEntry,
    permissions: root.entry('permissions'),
    env: root.map('env'),
    defaults: readDefaults(root),
    concurrency: root.entry('concurrency'),
    jobs,
    jobsById,
    trigger: (event) => triggers.find((trigger) => trigger.event === event),
  };
}

function readTriggers(on: Node | undefined): Trigger[] {
  if (on?.kind === 'map') return on.entries.map(({ key, value }) => ({ event: key.text, key, config: value }));
  return scalars(on).map((key) => ({ event: key.text, key, config: undefined }));
}

function readDefaults(node: MapNode): RunDefaults {
  const run = node.map('defaults')?.map('run');
  return { shell: run?.scalar('shell'), workingDirectory: run?.scalar('working-directory') };
}

function readJob(entry: Entry, node: MapNode, index: number, text: string): Job {
  const uses = node.scalar('uses');
  const strategy = node.map('strategy');
  const steps: Step[] = [];
  const job: Job = {
    id: entry.key.text,
    key: entry.key,
    entry,
    node,
    index,
    name: node.scalar('name'),
    needs: scalars(node.get('needs')),
    if: node.scalar('if'),
    runsOn: node.get('runs-on'),
    strategy,
    matrix: strategy?.get('matrix'),
    env: node.map('env'),
    defaults: readDefaults(node),
    permissions: node.entry('permissions'),
    outputs: node.map('outputs'),
    environment: node.get('environment'),
    container: node.get('container'),
    services: node.map('services'),
    timeout: node.scalar('timeout-minutes'),
    continueOnError: node.scalar('continue-on-error'),
    concurrency: node.entry('concurrency'),
    uses: uses === undefined ? undefined : readUses(uses, text),
    with: node.map('with'),
    secrets: node.get('secrets'),
    steps,
  };
  readSteps(node.seq('steps'), steps, text, job);
  return job;
}

/** Appends the steps of a sequence, and those of its parallel blocks. */
export function readSteps(seq: SeqNode | undefined, steps: Step[], text: string, job?: Job, parallel?: Step): void {
  for (const node of seq?.items ?? []) {
    if (node.kind !== 'map') continue;
    const step = readStep(node, steps.length, text, job, parallel);
    steps.push(step);
    // A block inside a block is an error of its own, and one made of aliases would not end.
    if (parallel === undefined) readSteps(node.seq('parallel'), steps, text, job, step);
  }
}

function readStep(node: MapNode, index: number, text: string, job: Job | undefined, parallel: Step | undefined): Step {
  const uses = node.scalar('uses');
  return {
    job,
    node,
    index,
    id: node.scalar('id'),
    name: node.scalar('name'),
    if: node.scalar('if'),
    uses: uses === undefined ? undefined : readUses(uses, text),
    run: node.scalar('run'),
    shell: node.scalar('shell'),
    workingDirectory: node.scalar('working-directory'),
    with: node.map('with'),
    env: node.map('env'),
    timeout: node.scalar('timeout-minutes'),
    continueOnError: node.scalar('continue-on-error'),
    parallel,
  };
}
