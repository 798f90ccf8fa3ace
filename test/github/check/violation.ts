/** Something that GitHub's description does not allow, in a request of the product or in an answer of the stand-in. */
export interface Violation {
  readonly side: 'request' | 'response';
  /** Null for a path that no operation has. */
  readonly operationId: string | null;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly message: string;
}
