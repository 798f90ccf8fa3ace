import type { Related } from './analysis';
import type { Range } from './yaml/node';

export const severities = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

export const categories = ['syntax', 'expression', 'correctness', 'security', 'rust', 'pipeline'] as const;
export type Category = (typeof categories)[number];

/** Replaces a range of the text as it was checked. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** Something that repairs a finding. Its edits do not overlap. */
export interface Fix {
  /** What it does, as a command: `Replace with "branches"`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /**
   * It changes what the workflow does, or guesses: offered to a person, never applied by `--fix` and "fix all".
   */
  readonly unsafe?: boolean;
}

export type Tag = 'unnecessary' | 'deprecated';

export interface Finding extends Range {
  readonly code: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One or two sentences for a person; no line numbers. */
  readonly message: string;
  readonly related: readonly Related[];
  readonly tags: readonly Tag[];
  /** The preferred one first. */
  readonly fixes: readonly Fix[];
}

/** Whether a fix may be applied without a person looking at it. */
export function isSafe(fix: Fix): boolean {
  return fix.unsafe !== true;
}

/** The page that explains a rule. */
export function ruleUrl(code: string): string {
  return `https://github.com/rust-ci-pipeline/rust-ci-pipeline/blob/main/docs/lint-rules.md#${code}`;
}
