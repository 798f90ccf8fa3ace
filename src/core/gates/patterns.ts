import { InputError } from '../scaffold/input-error.js';
import { knownGate, knownGates } from './known.js';

/** What jobs and checks are called that report a gate. */
export interface GatePattern {
  readonly id: string;
  readonly title: string;
  readonly pattern: RegExp;
}

export const defaultPatterns: readonly GatePattern[] = knownGates;

/** The gate that a job or check of this name reports; undefined when no pattern matches. The first pattern wins. */
export function gateOfName(name: string, patterns: readonly GatePattern[]): { id: string; title: string } | undefined {
  return patterns.find(({ pattern }) => pattern.test(name));
}

/**
 * Patterns from settings, gate id to regular expression, before the default ones: `{ "coverage": "^codecov$" }`. An id that
 * is not known becomes a gate of its own. Throws InputError for what is no regular expression.
 */
export function patternsFrom(setting: Readonly<Record<string, string>>): GatePattern[] {
  const own = Object.entries(setting).map(([id, source]): GatePattern => {
    try {
      return { id, title: knownGate(id)?.title ?? id, pattern: new RegExp(source, 'i') };
    } catch {
      throw new InputError({
        what: `The pattern of the gate "${id}" is no regular expression: ${source}`,
        advice: 'Change it in the setting rustCi.gates.patterns.',
      });
    }
  });
  return [...own, ...defaultPatterns];
}
