import { parseDocument } from 'yaml';
import { mergeThreeWays, mergeTwoWays, sameButPins, type Merged, type Preference } from './merge.js';
import { raisePin, type NewestPins } from './pins.js';
import { isScript, isWorkflow } from './render.js';

/** What happens to one file. */
export type Action =
  /** Nothing was there. */
  | 'create'
  /** Ours and not edited (moved pins do not count), or given up by the user: the new text replaces it. */
  | 'replace'
  /** Ours and edited: both changes go together. */
  | 'merge'
  /** Ours and edited in places that the template changed too: a person decides. */
  | 'conflict'
  /** Already as it should be, or edited where the template did not change. */
  | 'unchanged'
  /** A file of the user's own, which serves the purpose or was chosen to stay. */
  | 'kept'
  /** A file of the same name that is not ours: a person decides. */
  | 'foreign'
  /** The user deleted it: it stays deleted. */
  | 'deleted'
  /** No longer wanted and not edited: it is deleted. */
  | 'remove';

/** The versions of a file between which a person decides, all with LF and without byte order mark. */
export interface Sides {
  /** What was generated then; undefined when that cannot be established. */
  base: string | undefined;
  /** What the user has. */
  yours: string;
  /** What the template says now. */
  theirs: string;
  /** Both, with conflict markers where a person has to decide. */
  marked: string;
}

/** For a file of the same name that is not ours. */
export type ForeignChoice = 'keep' | 'replace' | 'rename';
/** For a conflict: whose lines win where both changed, or a finished merge. */
export type ConflictChoice = Preference | { text: string };

/** All that is known of one file. Texts are normalised. */
export interface FileState {
  path: string;
  /** What is there; undefined when nothing is. */
  yours: string | undefined;
  /** What the template says now; undefined when the options do without the file. */
  wanted: string | undefined;
  /** Whether the manifest says that we generated it. */
  isOurs: boolean;
  /** What was generated then, as far as it could be made again and matches the manifest. */
  base: string | undefined;
  /** Whether what is there is exactly what the manifest recorded. */
  isAsRecorded: boolean;
  /** A file of the user's that serves the same purpose under another name. */
  standIn: string | undefined;
  /** Whether the user chose before to keep a file of their own. */
  wasKept: boolean;
  /** The newest pins of the pipeline as it is, for lines that are new. */
  newest: NewestPins;
  foreign: ForeignChoice | undefined;
  conflict: ConflictChoice | undefined;
  restore: boolean;
}

export interface Decision {
  action: Action;
  reason: string;
  /** What to write; undefined when nothing is. */
  text?: string;
  sides?: Sides;
}

/** What to do about a file; undefined when there is nothing to say of it. */
export function decide(file: FileState): Decision | undefined {
  const { yours, wanted } = file;
  if (wanted === undefined) return yours === undefined ? undefined : decideUnwanted(file, yours);
  if (yours === undefined) return decideAbsent(file, wanted);
  return file.isOurs ? decideOurs(file, yours, wanted) : decideForeign(file, yours, wanted);
}

function decideUnwanted({ base, isAsRecorded }: FileState, yours: string): Decision {
  const isUntouched = isAsRecorded || (base !== undefined && sameButPins(yours, base));
  return isUntouched
    ? { action: 'remove', reason: 'The options no longer ask for it.' }
    : { action: 'kept', reason: 'The options no longer ask for it, but you edited it: it is yours now.' };
}

function decideAbsent({ isOurs, restore, standIn, newest }: FileState, wanted: string): Decision {
  if (isOurs && !restore) return { action: 'deleted', reason: 'You deleted it; it stays deleted.' };
  if (standIn !== undefined) return { action: 'kept', reason: `${standIn} serves the purpose.` };
  const text = wanted
    .split('\n')
    .map((line) => raisePin(line, newest))
    .join('\n');
  return { action: 'create', reason: isOurs ? 'You deleted it and want it back.' : 'It is new.', text };
}

function decideForeign(file: FileState, yours: string, wanted: string): Decision {
  if (sameButPins(yours, wanted)) return { action: 'unchanged', reason: 'It is already what the template says.' };
  const choice = file.foreign ?? (file.wasKept ? 'keep' : undefined);
  if (choice === 'keep') return { action: 'kept', reason: 'It is yours, and you chose to keep it.' };
  if (choice === 'replace') return { action: 'replace', reason: 'You chose to replace yours.', text: wanted };
  if (!isWorkflow(file.path) && !isScript(file.path)) {
    return { action: 'kept', reason: `It was there before the pipeline.${adviceAbout(file.path, yours)}` };
  }
  const { text: marked } = mergeTwoWays(yours, wanted, 'markers');
  return {
    action: 'foreign',
    reason: 'A file of this name is there and was not written by Rust CI: keep it, replace it, or use another name.',
    sides: { base: undefined, yours, theirs: wanted, marked },
  };
}

function decideOurs(file: FileState, yours: string, wanted: string): Decision {
  const { base, conflict } = file;
  if (base === undefined && !file.isAsRecorded) return decideUnverified(file, yours, wanted);
  const preference = typeof conflict === 'string' ? conflict : 'markers';
  const merged = mergeThreeWays(base ?? yours, yours, wanted, preference);
  if (merged.conflicts > 0) return decideConflict(merged, base, yours, wanted, conflict);
  if (breaksYaml(file.path, merged.text, yours)) {
    return decideConflict(mergeTwoWays(yours, wanted, preference), base, yours, wanted, conflict);
  }
  if (merged.text === yours) {
    const isEdited = !sameButPins(yours, wanted);
    return { action: 'unchanged', reason: isEdited ? 'The template did not change; your edits stay.' : 'Up to date.' };
  }
  return base === undefined || sameButPins(base, yours)
    ? { action: 'replace', reason: 'You did not edit it.', text: merged.text }
    : { action: 'merge', reason: 'Your edits and the new template go together.', text: merged.text };
}

/** Whether lines that fit together make no YAML together, for example because both sides added the same job. */
function breaksYaml(path: string, merged: string, yours: string): boolean {
  const isBroken = (text: string) => parseDocument(text).errors.length > 0;
  return /\.ya?ml$/.test(path) && merged !== yours && isBroken(merged) && !isBroken(yours);
}

/** Edited, but what was generated then cannot be made again: nothing tells your edits from older templates. */
function decideUnverified({ conflict }: FileState, yours: string, wanted: string): Decision {
  const merged = mergeTwoWays(yours, wanted, typeof conflict === 'string' ? conflict : 'markers');
  if (merged.conflicts > 0) return decideConflict(merged, undefined, yours, wanted, conflict);
  return merged.text === yours
    ? { action: 'unchanged', reason: 'Up to date.' }
    : { action: 'replace', reason: 'Only its pins move forward.', text: merged.text };
}

function decideConflict(
  { text, conflicts }: Merged,
  base: string | undefined,
  yours: string,
  theirs: string,
  choice: ConflictChoice | undefined,
): Decision {
  const places = `${conflicts} ${conflicts === 1 ? 'place' : 'places'}`;
  if (choice === undefined) {
    const reason =
      base === undefined
        ? `You edited it, and what was generated then cannot be made again: it differs from the template in ${places}.`
        : `You and the template changed the same lines in ${places}.`;
    return { action: 'conflict', reason, sides: { base, yours, theirs, marked: text } };
  }
  if (typeof choice === 'object') return settled(choice.text, yours, 'You merged it.');
  const reasons: Record<Preference, string> = {
    yours: `Your lines stay in ${places} that the template changed too.`,
    theirs: `The template's lines replace yours in ${places}.`,
    markers: `Conflict markers stand in ${places}: resolve them before you commit.`,
  };
  return settled(text, yours, reasons[choice]);
}

function settled(text: string, yours: string, reason: string): Decision {
  return text === yours ? { action: 'unchanged', reason } : { action: 'merge', reason, text };
}

/** What a file of the user's lacks for the pipeline to stay current. */
function adviceAbout(path: string, yours: string): string {
  const isBlind = path.endsWith('dependabot.yml') && !/package-ecosystem:\s*["']?github-actions\b/.test(yours);
  return isBlind ? ' Add the ecosystem "github-actions" to it, so that pins stay current.' : '';
}
