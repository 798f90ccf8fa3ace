/** An image by its digest, and the version that people call it by. */
export interface Named {
  readonly digest: string;
  readonly version: string | null;
}

/** A rollback that somebody asks for. */
export interface Wish {
  /** What is live when it is asked for; null when nothing is. */
  readonly from: Named | null;
  readonly to: Named;
  /** What it must run on afterwards; null where that is not known. */
  readonly platforms: readonly string[] | null;
  readonly reason: string;
  /** Recognises the run: stands in the input `request` and in the title of the run. Letters, digits and hyphens. */
  readonly request: string;
}

/** What rollback.yml is given. The digest, because a tag could move between asking and doing. */
export function inputsOf({ to, reason, request }: Wish): Record<string, string> {
  return { version: to.digest, reason: reason.trim(), request };
}

/** The inputs that rollback.yml must have for that. */
export const neededInputs = ['version', 'reason', 'request'] as const;

/** Whether the title of a run is that of this request: `Roll back to … [REQUEST]`. */
export const isTitleOf = (title: string, request: string): boolean => title.trimEnd().endsWith(`[${request}]`);

export type ReasonProblem = 'empty' | 'lines' | 'long';

/** What rollback.yml would say against a reason; null for nothing. */
export function reasonProblem(reason: string): ReasonProblem | null {
  if (reason.trim() === '') return 'empty';
  if (/[\r\n]/.test(reason.trim())) return 'lines';
  return reason.trim().length > 500 ? 'long' : null;
}

/**
 * Which of them the text of rollback.yml does not mention. It is not read as YAML: what is there in some unusual form must not
 * keep anybody from a rollback, and GitHub refuses inputs that it does not know.
 */
export function missingInputs(workflow: string): string[] {
  return neededInputs.filter((input) => !new RegExp(`^\\s*(["']?)${input}\\1\\s*:`, 'm').test(workflow));
}
