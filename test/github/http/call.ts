import type { Fault } from '../faults.js';
import type { Json, JsonObject } from '../json.js';
import type { RepositoryState } from '../state/repository.js';
import type { Token, User } from '../state/user.js';
import type { World } from '../state/world.js';
import type { Blobs } from './blobs.js';
import type { RateLimits } from './rate-limits.js';

/** An error that GitHub answers. */
export class ApiError extends Error {
  readonly status: number;
  readonly more: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: JsonObject = {}, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.more = more;
    this.headers = headers;
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

/** A request whose operation is known, as the operations see it. */
export interface Call {
  readonly operationId: string;
  readonly world: World;
  readonly blobs: Blobs;
  readonly limits: RateLimits;
  /** Decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Checked against the description. */
  readonly body: JsonObject;
  readonly accept: string;
  readonly viewer: User | undefined;
  readonly token: Token | undefined;
  /** The repository of the path. Throws where the path has none. */
  readonly repository: RepositoryState;
  readonly fault: Fault | undefined;
  /** Below the base path, as Link headers name it. */
  readonly path: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Answer;
export type Handlers = Readonly<Record<string, Handler>>;

export function ok(body: Json): Answer {
  return { status: 200, body };
}

export const noContent: Answer = { status: 204 };
