/** What a step of the verification found. Only `ok` is good; `skipped` says why nothing was looked at. */
export type Result = 'ok' | 'wrong' | 'attention' | 'unknown' | 'skipped';

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly result: Result;
  /** What was looked at or found, a sentence or a name each. */
  readonly lines: readonly string[];
}

/** All of them: never `ok` unless every step that was taken is, and at least one was. */
export function overall(steps: readonly Step[]): Result {
  const taken = steps.filter(({ result }) => result !== 'skipped');
  for (const result of ['wrong', 'unknown', 'attention'] as const) {
    if (taken.some((step) => step.result === result)) return result;
  }
  return taken.length > 0 ? 'ok' : 'skipped';
}
