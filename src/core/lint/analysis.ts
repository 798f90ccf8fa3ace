import type { Availability } from './schema/grammar';
import type { Severity } from './finding';
import type { ParsedExpression } from './expression/parse';
import type { Job, Step } from './model/workflow';
import type { ScalarNode, Range } from './yaml/node';

/**
 * What the shared passes (schema, expressions) find. Each kind is reported by the rule of the same name, which gives it
 * its documentation, severity and fix.
 */
export type ProblemKind =
  | 'unexpected-key'
  | 'missing-key'
  | 'duplicate-key'
  | 'wrong-type'
  | 'invalid-value'
  | 'empty-value'
  | 'number-range'
  | 'merge-key'
  | 'unknown-event'
  | 'unknown-event-type'
  | 'invalid-permissions'
  | 'expression-not-allowed'
  | 'expression-syntax'
  | 'unknown-context'
  | 'unavailable-context'
  | 'unknown-function'
  | 'unavailable-function'
  | 'function-arguments'
  | 'unknown-property'
  | 'undefined-step'
  | 'undefined-need'
  | 'undefined-matrix'
  | 'undefined-input'
  | 'undefined-secret'
  | 'undefined-output'
  | 'type-mismatch'
  | 'comparison-types'
  | 'format-string'
  | 'invalid-json';

export interface Problem extends Range {
  readonly kind: ProblemKind;
  readonly message: string;
  /** What was probably meant instead of the text in the range. */
  readonly suggestion?: string;
  /** Where it weighs differently from its rule. */
  readonly severity?: Severity | 'off';
  /** Where else to look. */
  readonly related?: readonly Related[];
}

export interface Related extends Range {
  readonly message: string;
}

/** Where in a workflow or action a value stands. */
export interface Place {
  /** The nearest key above, such as `run`, `if`, `with`, `env`, `runs-on`; for entries of a mapping the mapping's key. */
  readonly section: string;
  /** The entry's own key, such as `token` in `with: {token: …}`; equals `section` for plain keys. */
  readonly key: string;
  readonly job: Job | undefined;
  readonly step: Step | undefined;
  readonly available: Availability;
  /** Name of GitHub's definition for the value. */
  readonly definition: string;
}

/** One `${{ … }}`, or a condition written without it. Its own range covers the `${{` and `}}` too. */
export interface Expression extends Range {
  readonly scalar: ScalarNode;
  readonly place: Place;
  /** The text between `${{` and `}}`, on which the tree's offsets count. */
  readonly source: string;
  readonly parsed: ParsedExpression;
  /** Written without `${{ }}`. */
  readonly bare: boolean;
  /** It is the scalar's whole value, so that its result is not turned into a string. */
  readonly whole: boolean;
  /** Where a part of the tree stands in the file. */
  range(part: Range): Range;
}
