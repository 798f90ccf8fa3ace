import { window, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { defaultPatterns, patternsFrom, type GatePattern } from '../../core/gates/patterns.js';

let known: { readonly setting: string; readonly patterns: readonly GatePattern[] } | undefined;

/** By which names of jobs and checks gates are recognised in a repository: the setting, then the usual names. */
export function gatePatterns(root: Uri): readonly GatePattern[] {
  const value = workspace.getConfiguration('rustCi', root).get<unknown>('gates.patterns');
  const setting = JSON.stringify(value);
  if (known?.setting !== setting) known = { setting, patterns: read(value) };
  return known.patterns;
}

function read(value: unknown): readonly GatePattern[] {
  if (typeof value !== 'object' || value === null) return defaultPatterns;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  try {
    return patternsFrom(Object.fromEntries(entries));
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return defaultPatterns;
  }
}
