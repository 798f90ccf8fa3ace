import type { Step } from '../model/workflow';
import { commandsOf } from '../shell/commands';
import type { Command, Word } from '../shell/commands';
import { ContentMap } from '../yaml/content-map';
import type { Range } from '../yaml/node';

/** One call of cargo in a script. */
export interface CargoCommand {
  readonly step: Step;
  readonly command: Command;
  /** Of `cargo +nightly …` or `rustup run nightly cargo …`. */
  readonly toolchain: Word | undefined;
  /** `build`, `test`, `clippy`, … */
  readonly subcommand: Word;
  /** What stands behind the subcommand, up to `--`. */
  readonly args: readonly Word[];
  /** What stands before the subcommand, without the toolchain. */
  readonly globals: readonly Word[];
}

/** The value of a flag, and where it stands. */
export interface FlagValue {
  readonly text: string;
  readonly word: Word;
  readonly dynamic: boolean;
}

const globalsWithValue = new Set(['-C', '-Z', '--color', '--config', '--manifest-path', '--lockfile-path']);
const cache = new WeakMap<Step, readonly CargoCommand[]>();

/** Every call of cargo in a step's script, in order. */
export function cargoCommands(step: Step): readonly CargoCommand[] {
  let found = cache.get(step);
  if (found === undefined) {
    found =
      step.run?.text.includes('cargo') === true
        ? commandsOf(step.run).flatMap((command) => readCargo(step, command) ?? [])
        : [];
    cache.set(step, found);
  }
  return found;
}

function readCargo(step: Step, command: Command): CargoCommand | undefined {
  let words = command.words;
  let toolchain: Word | undefined;
  if (words[0]?.text === 'rustup' && words[1]?.text === 'run') {
    toolchain = words[2];
    words = words.slice(words.findIndex(({ text }) => text === 'cargo'));
  }
  if (words[0]?.text !== 'cargo') return undefined;
  const globals: Word[] = [];
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (word.text.startsWith('+')) toolchain = word;
    else if (word.text.startsWith('-')) {
      globals.push(word);
      const value = words[at + 1];
      if (globalsWithValue.has(word.text) && value !== undefined) {
        globals.push(value);
        at++;
      }
    } else break;
  }
  const subcommand = words[at];
  if (subcommand === undefined) return undefined;
  const rest = words.slice(at + 1);
  const end = rest.findIndex(({ text }) => text === '--');
  return { step, command, toolchain, subcommand, args: end < 0 ? rest : rest.slice(0, end), globals };
}

/** The values of a flag in all its spellings: `--bin x`, `--bin=x`, `-p x`, `-px`. */
export function flagValues(words: readonly Word[], long: string, short?: string): FlagValue[] {
  const values: FlagValue[] = [];
  for (const [index, word] of words.entries()) {
    const { text, dynamic } = word;
    const next = words[index + 1];
    if (text === long || text === short) {
      if (next !== undefined && !next.text.startsWith('-'))
        values.push({ text: next.text, word: next, dynamic: next.dynamic });
    } else if (text.startsWith(`${long}=`)) values.push({ text: text.slice(long.length + 1), word, dynamic });
    else if (short !== undefined && text.startsWith(short) && !text.startsWith('--') && text.length > short.length)
      values.push({ text: text.slice(short.length).replace(/^=/, ''), word, dynamic });
  }
  return values;
}

export function hasFlag(words: readonly Word[], ...names: string[]): boolean {
  return words.some(({ text }) => names.includes(text) || names.some((name) => text.startsWith(`${name}=`)));
}

/** Where a part of a step's script stands in the file. */
export function inScript(text: string, step: Step, part: Range): Range {
  const { run } = step;
  if (run === undefined) return step.node;
  const map = new ContentMap(text, run);
  return { start: map.toFile(part.start), end: map.toFile(Math.max(part.start, part.end - 1)) + 1 };
}

const compiling = new Set(
  'b bench build c check clippy d doc fix hack install llvm-cov miri mutants nextest run r rustc rustdoc t tarpaulin test udeps'.split(
    ' ',
  ),
);

/** Whether the command compiles the project. */
export function compiles({ subcommand }: CargoCommand): boolean {
  return compiling.has(subcommand.text);
}
