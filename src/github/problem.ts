/** Why GitHub gave no answer, told apart because each has another remedy. */
export type Problem =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'saml'; readonly url: string | null }
  | { readonly kind: 'missing-scope'; readonly scopes: readonly string[] }
  | { readonly kind: 'rate-limited'; readonly resetAt: number; readonly signedIn: boolean }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'forbidden'; readonly message: string }
  | { readonly kind: 'offline'; readonly message: string }
  | { readonly kind: 'certificate'; readonly message: string }
  | { readonly kind: 'proxy'; readonly message: string }
  | { readonly kind: 'server'; readonly status: number }
  | { readonly kind: 'unsupported'; readonly operation: string }
  | { readonly kind: 'rejected'; readonly status: number; readonly message: string }
  | { readonly kind: 'unexpected'; readonly operation: string; readonly message: string };

/** Thrown by everything in src/github; aborts are thrown as `AbortError` instead. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly problem: Problem;

  /** The editor's bundles have a copy of this class each, and hand its errors to each other. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'GitHubError';
  }

  constructor(problem: Problem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** Whether it is a problem of the whole connection, which whatever is asked next will meet too. */
export function isGeneral({ kind }: Problem): boolean {
  return ['rate-limited', 'offline', 'certificate', 'proxy', 'server', 'unauthorized'].includes(kind);
}
