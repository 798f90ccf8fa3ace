import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { choose } from '../core/pipeline/choose.js';
import { detect } from '../core/pipeline/project.js';
import { InputError } from '../core/scaffold/input-error.js';
import { readManifest, type Manifest } from '../core/scaffold/manifest.js';
import { parseOptions } from '../core/scaffold/options-file.js';
import { plan, type Choices, type ConflictChoice, type ForeignChoice } from '../core/scaffold/plan.js';
import { decodeText } from '../core/scaffold/text.js';
import { UsageError, type Terminal } from './command.js';
import { DiskWorkspace, gitTop } from './disk-workspace.js';
import { toPatch } from './patch.js';
import { errorReport, humanReport, jsonReport, type Outcome } from './pipeline-report.js';
import { writeAll } from './write.js';

/** What `scaffold` and `update` have in common, for their help texts. */
export const optionsHelp = `
  --dry-run                  print what would change as a patch, write nothing
  --options FILE             JSON file with options; what it leaves out stays as it is or as recommended
  --force-foreign=CHOICE     for files of the same name that are not ours: keep, replace, or rename (ours)
  --force-conflicts=CHOICE   where you and the template changed the same lines: yours, theirs, or markers
  --force                    short for --force-foreign=replace --force-conflicts=theirs
  --restore                  write generated files again that were deleted
  --json                     print the result as JSON
  -h, --help                 print this

Files that were generated and not edited are replaced; edited ones are merged. When a decision is missing, nothing is
written. Exit codes: 0 done or nothing to do, 1 conflicts or refused, 2 wrong usage.
`;

interface Arguments {
  folder: string;
  dryRun: boolean;
  json: boolean;
  optionsFile: string | undefined;
  choices: Choices;
}

/**
 * Brings a repository's pipeline to what the options ask for.
 * @param requireManifest refuse repositories without pipeline
 */
export async function runPipelineCommand(
  args: string[],
  terminal: Terminal,
  requireManifest: boolean,
): Promise<number> {
  const given = parseArguments(args);
  try {
    const outcome = await bringUpToDate(given, terminal, requireManifest);
    if (given.json) terminal.print(jsonReport(outcome));
    else printForPeople(outcome, terminal);
    return outcome.status === 'undecided' ? 1 : 0;
  } catch (error) {
    if (!given.json || !(error instanceof InputError)) throw error;
    terminal.print(errorReport(error));
    return 1;
  }
}

function printForPeople(outcome: Outcome, terminal: Terminal): void {
  // The patch alone goes to standard output, so that it can be piped to git apply.
  if (outcome.dryRun) terminal.print(toPatch(outcome.plan.changes));
  const print = outcome.dryRun || outcome.status === 'undecided' ? terminal.tell : terminal.print;
  print(humanReport(outcome));
}

async function bringUpToDate(given: Arguments, terminal: Terminal, requireManifest: boolean): Promise<Outcome> {
  const workspace = openWorkspace(resolve(terminal.folder, given.folder), given.folder);
  const manifest = await readManifest(workspace);
  if (requireManifest && !manifest) {
    throw new InputError({
      what: `There is no pipeline in ${given.folder}: .github/rust-ci.json is missing.`,
      advice: `Run rust-ci scaffold ${given.folder}.`,
    });
  }
  const shape = await detect(workspace);
  const options = readOptions(given, terminal, manifest?.options ?? choose(shape).options);
  const planned = await plan(workspace, { options, manifest, choices: given.choices });
  const isDecided = planned.open.length === 0;
  if (isDecided && !given.dryRun) writeAll(workspace.root, planned.changes);
  return {
    status: !isDecided ? 'undecided' : planned.changes.length === 0 ? 'unchanged' : 'changed',
    dryRun: given.dryRun,
    notices: shape.notices,
    plan: planned,
  };
}

function readOptions({ optionsFile }: Arguments, { folder }: Terminal, options: Manifest['options']) {
  if (optionsFile === undefined) return options;
  let bytes;
  try {
    bytes = readFileSync(resolve(folder, optionsFile));
  } catch (cause) {
    throw new InputError({
      file: optionsFile,
      what: 'The options file cannot be read.',
      advice: 'Check the path given to --options.',
      cause,
    });
  }
  return parseOptions(optionsFile, decodeText(bytes, optionsFile), options);
}

function openWorkspace(root: string, given: string): DiskWorkspace {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError({ file: given, what: 'There is no such folder.', advice: 'Name the folder of a repository.' });
  }
  const workspace = new DiskWorkspace(root);
  const top = gitTop(root);
  if (top !== undefined && top !== workspace.root) {
    throw new InputError({
      file: given,
      what: `The folder lies inside the git repository ${top}, and GitHub runs workflows only from the top of a repository.`,
      advice: `Run the command on ${top}: crates in subfolders are found there.`,
    });
  }
  return workspace;
}

function parseArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      options: { type: 'string' },
      force: { type: 'boolean', default: false },
      'force-foreign': { type: 'string' },
      'force-conflicts': { type: 'string' },
      restore: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1) throw new UsageError('Name one folder at most.');
  const foreign = oneOf<ForeignChoice>('--force-foreign', values['force-foreign'], ['keep', 'replace', 'rename']);
  const conflicts = oneOf<ConflictChoice & string>('--force-conflicts', values['force-conflicts'], [
    'yours',
    'theirs',
    'markers',
  ]);
  const forced: Choices = values.force ? { foreign: 'replace', conflicts: 'theirs' } : {};
  return {
    folder: positionals[0] ?? '.',
    dryRun: values['dry-run'],
    json: values.json,
    optionsFile: values.options,
    choices: {
      ...forced,
      ...(foreign && { foreign }),
      ...(conflicts && { conflicts }),
      ...(values.restore && { restore: 'all' as const }),
    },
  };
}

function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${option} takes one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}
