import type { PipelineOptions } from '../pipeline/options.js';
import { basename, dirname } from '../pipeline/path.js';
import { decide, type Action, type ConflictChoice, type Decision, type ForeignChoice, type Sides } from './decide.js';
import { formatManifest, manifestPath, parseManifest, type Manifest } from './manifest.js';
import { sameButPins } from './merge.js';
import { newestPins } from './pins.js';
import { checkPlaces } from './places.js';
import { isScript, isWorkflow, render, type TemplateSet } from './render.js';
import { standIn } from './stand-ins.js';
import { releasedTemplates, templates as currentTemplates, templateVersion } from './templates.js';
import { applyStyle, digest, normalise, styleOf } from './text.js';
import type { Workspace } from './workspace.js';

export type { Action, ConflictChoice, ForeignChoice, Sides } from './decide.js';

export interface PlannedFile {
  /** Where the file lies or will lie: POSIX, relative to the repository. */
  path: string;
  action: Action;
  /** Why, in a sentence for people. */
  reason: string;
  /** The text that is there now, as it is; undefined when there is none. */
  before: string | undefined;
  /** The text to write, in the line endings of the file that is there; undefined when nothing is written. */
  after: string | undefined;
  /** Whether the file is to be executable (scripts). */
  executable: boolean;
  /** Between what a person decides, for `conflict` and `foreign`. */
  sides: Sides | undefined;
}

/** What a person decided about the files that cannot be decided without one: by path, or one answer for all. */
export interface Choices {
  /** `rename` writes ours as `rust-ci-NAME`; it is for workflows only, other files stay undecided. */
  foreign?: ForeignChoice | ReadonlyMap<string, ForeignChoice>;
  conflicts?: ConflictChoice | ReadonlyMap<string, ConflictChoice>;
  /** Deleted files to write again. */
  restore?: 'all' | ReadonlySet<string>;
}

export interface Plan {
  /** Every file of the pipeline sorted by path, then the manifest. */
  files: PlannedFile[];
  /** The manifest as it will be. */
  manifest: Manifest;
  /** Files that wait for a decision (`conflict`, `foreign`). Nothing may be written while there are any. */
  open: PlannedFile[];
  /** Files to write or delete: those with `after`, and those of action `remove`. */
  changes: PlannedFile[];
}

export interface PlanRequest {
  options: PipelineOptions;
  /** What was generated before (`readManifest`); undefined for a repository without pipeline. */
  manifest: Manifest | undefined;
  choices?: Choices;
  /** What to write instead of the current templates. */
  release?: Release;
  /** What earlier versions wrote. */
  released?: ReadonlyMap<string, () => TemplateSet>;
}

/** Templates and their version. */
export interface Release {
  version: string;
  templates: TemplateSet;
}

const currentRelease: Release = { version: templateVersion, templates: currentTemplates };

/**
 * Compares the pipeline that the options ask for with what the repository has. Reads, never writes. Throws an
 * InputError when a file could not be written where it belongs.
 */
export async function plan(workspace: Workspace, request: PlanRequest): Promise<Plan> {
  const { options, manifest, choices = {}, release = currentRelease, released = releasedTemplates } = request;
  const renamed = await chooseNames(workspace, request, release);
  const wanted = render(release.templates, options, renamed);
  await checkPlaces(workspace, [...wanted.keys(), manifestPath]);

  const earlier = manifest && released.get(manifest.template)?.();
  const generated =
    manifest && earlier ? render(earlier, manifest.options, manifest.renamed) : new Map<string, string>();
  const recorded = new Map(Object.entries(manifest?.files ?? {}));
  const paths = [...new Set([...wanted.keys(), ...[...generated.keys()].filter((path) => recorded.has(path))])].sort();
  const present = new Map(await Promise.all(paths.map(async (path) => [path, await workspace.read(path)] as const)));
  const newest = newestPins(paths.flatMap((path) => (recorded.has(path) ? (present.get(path) ?? []) : [])));

  const next: Manifest = { schema: 1, template: release.version, options, files: {}, renamed, kept: [] };
  const files: PlannedFile[] = [];
  for (const path of paths) {
    const before = present.get(path);
    const yours = before === undefined ? undefined : normalise(before);
    const then = generated.get(path);
    const hash = recorded.get(path);
    const text = wanted.get(path);
    const decision = decide({
      path,
      yours,
      wanted: text,
      isOurs: hash !== undefined,
      base: then !== undefined && (await digest(then)) === hash ? then : undefined,
      isAsRecorded: yours !== undefined && hash !== undefined && (await digest(yours)) === hash,
      standIn: before === undefined ? await standIn(workspace, path) : undefined,
      wasKept: manifest?.kept.includes(path) ?? false,
      newest,
      foreign: choiceFor(choices.foreign, path),
      conflict: choiceFor(choices.conflicts, path),
      restore: choices.restore === 'all' || choices.restore?.has(path) === true,
    });
    if (!decision) continue;
    files.push(plannedFile(path, before, decision));
    if (decision.action === 'deleted' && hash !== undefined) next.files[path] = hash;
    else if (decision.action === 'kept' && isAskedFor(path) && text !== undefined) next.kept.push(path);
    else if (text !== undefined && decision.action !== 'kept') next.files[path] = await digest(text);
  }
  keepCalledScripts(files);
  files.push(await plannedManifest(workspace, next));
  return {
    files,
    manifest: next,
    open: files.filter(({ sides }) => sides !== undefined),
    changes: files.filter(({ action, after }) => after !== undefined || action === 'remove'),
  };
}

/** Leaves the scripts that workflows call which stay although the options no longer ask for them. */
function keepCalledScripts(files: PlannedFile[]): void {
  const caller = (script: PlannedFile) =>
    files.find(({ path, action, before }) => {
      const mayCall = action === 'kept' && (isWorkflow(path) || isScript(path));
      return mayCall && before?.includes(`/${basename(script.path)}`) === true;
    });
  for (;;) {
    const index = files.findIndex((file) => file.action === 'remove' && isScript(file.path) && caller(file));
    const script = files[index];
    if (!script) return;
    files[index] = { ...script, action: 'kept', reason: `${caller(script)?.path ?? ''}, which is yours, calls it.` };
  }
}

/** Whether a person is asked about a file of that name that is not ours; of others the user's own simply stays. */
function isAskedFor(path: string): boolean {
  return isWorkflow(path) || isScript(path);
}

/** Gives workflows whose names are taken another name, where that was chosen. */
async function chooseNames(
  workspace: Workspace,
  { options, manifest, choices }: PlanRequest,
  { templates }: Release,
): Promise<Record<string, string>> {
  const renamed = { ...manifest?.renamed };
  for (const [path, text] of render(templates, options)) {
    if (path in renamed || !isWorkflow(path) || manifest?.files[path] !== undefined) continue;
    if (choiceFor(choices?.foreign, path) !== 'rename') continue;
    const there = await workspace.read(path);
    if (there === undefined || sameButPins(normalise(there), text)) continue;
    renamed[path] = await freeName(workspace, path);
  }
  return renamed;
}

async function freeName(workspace: Workspace, path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `-${number}`;
    const name = `${dirname(path)}/rust-ci-${basename(path).replace('.yml', `${suffix}.yml`)}`;
    if ((await workspace.kind(name)) === undefined) return name;
  }
}

function choiceFor<T extends string | object>(
  choice: T | ReadonlyMap<string, T> | undefined,
  path: string,
): T | undefined {
  return choice instanceof Map ? (choice as ReadonlyMap<string, T>).get(path) : (choice as T | undefined);
}

function plannedFile(path: string, before: string | undefined, decision: Decision): PlannedFile {
  const { action, reason, text, sides } = decision;
  const after = text === undefined || before === undefined ? text : applyStyle(text, styleOf(before));
  return { path, action, reason, before, after, executable: isScript(path), sides };
}

async function plannedManifest(workspace: Workspace, next: Manifest): Promise<PlannedFile> {
  const before = await workspace.read(manifestPath);
  const text = formatManifest(next);
  if (before !== undefined && formatManifest(parseManifest(before)) === text) {
    return plannedFile(manifestPath, before, { action: 'unchanged', reason: 'Up to date.' });
  }
  const reason = 'It records what was generated, so that an update can tell your edits.';
  return plannedFile(manifestPath, before, { action: before === undefined ? 'create' : 'replace', reason, text });
}
