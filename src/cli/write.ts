import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../core/scaffold/input-error.js';
import type { PlannedFile } from '../core/scaffold/plan.js';

/**
 * Makes every change of a plan or none. The new texts are written beside their places first and then moved there; when
 * one of them fails, everything goes back. Throws an InputError that names the file.
 */
export function writeAll(root: string, changes: readonly PlannedFile[]): void {
  const undo: (() => void)[] = [];
  const finish: (() => void)[] = [];
  let current = '';
  try {
    const staged = changes.map((change) => {
      current = change.path;
      return stage(root, change, undo);
    });
    for (const { path, target, fresh } of staged) {
      current = path;
      replace(target, fresh, undo, finish);
    }
  } catch (cause) {
    for (const step of undo.reverse()) attempt(step);
    if (cause instanceof InputError) throw cause;
    throw new InputError({
      file: current,
      what: `The file cannot be written (${inWords(cause)}), so nothing was changed.`,
      advice: 'Make it and its folder writable, then try again.',
      cause,
    });
  }
  for (const step of finish) attempt(step);
}

interface Staged {
  path: string;
  target: string;
  /** The new file beside its place; undefined for a file to delete. */
  fresh: string | undefined;
}

function stage(root: string, { path, before, after, executable }: PlannedFile, undo: (() => void)[]): Staged {
  const place = join(root, ...path.split('/'));
  // A link inside the workspace stays a link: what it points to is replaced.
  const target = before === undefined ? place : realpathSync(place);
  const isAsPlanned = before === undefined ? !existsSync(target) : readFileSync(target, 'utf8') === before;
  if (!isAsPlanned) {
    throw new InputError({
      file: path,
      what: 'The file was changed in the meantime, so nothing was written.',
      advice: 'Try again.',
    });
  }
  if (before !== undefined) accessSync(target, constants.W_OK);
  if (after === undefined) return { path, target, fresh: undefined };
  makeFolder(dirname(target), undo);
  const fresh = beside(target, 'new');
  undo.push(() => {
    rmSync(fresh, { force: true });
  });
  writeFileSync(fresh, after, { flag: 'wx', mode: executable ? 0o777 : 0o666 });
  if (before !== undefined) chmodSync(fresh, statSync(target).mode);
  return { path, target, fresh };
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => {
    rmdirSync(folder);
  });
}

function replace(target: string, fresh: string | undefined, undo: (() => void)[], finish: (() => void)[]): void {
  if (existsSync(target)) {
    const old = beside(target, 'old');
    renameSync(target, old);
    undo.push(() => {
      renameSync(old, target);
    });
    finish.push(() => {
      rmSync(old);
    });
  }
  if (fresh === undefined) return;
  renameSync(fresh, target);
  undo.push(() => {
    rmSync(target);
  });
}

function beside(target: string, role: string): string {
  return join(dirname(target), `.${basename(target)}.rust-ci-${role}-${process.pid}`);
}

/** Putting back and cleaning up go on when one step fails: the others still help. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The error that led here is the one that people need to see.
  }
}

function inWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
  };
  return words[code] ?? code;
}
