import type { IncomingMessage, ServerResponse } from 'node:http';
import { descriptions } from '../check/description.js';
import { Routes, type Route } from '../check/routes.js';
import { Validation } from '../check/validation.js';
import type { Violation } from '../check/violation.js';
import type { Fault, Faults } from '../faults.js';
import { isObject, type JsonObject } from '../json.js';
import { handlers } from '../operations/index.js';
import type { RepositoryState } from '../state/repository.js';
import type { Token } from '../state/user.js';
import type { World } from '../state/world.js';
import { acceptedScopes, authorize } from './access.js';
import type { Blobs } from './blobs.js';
import { ApiError, notFound, type Answer, type Call } from './call.js';
import { failureOf, send, type Rendered } from './failure.js';
import { apiVersion, commonHeaders, etagOf, limitHeaders, scopeHeaders } from './headers.js';
import { RateLimits } from './rate-limits.js';

/** A request that was answered, without what must not be written down. */
export interface Recorded {
  readonly method: string;
  /** Below the base path, with its query. */
  readonly path: string;
  readonly operationId: string | null;
  readonly status: number;
  /** What it took from the rate limit: 0 or 1. */
  readonly cost: number;
  /** Whether it carried a token. */
  readonly authorized: boolean;
  /** Of the stand-in's clock. */
  readonly at: number;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Faults before which nothing happens, unless they say otherwise. */
const lost = new Set<Fault['kind']>(['reset', 'silence', 'server-error']);

/** What has been built for a description serves every stand-in. */
const machines = new Map<string, { readonly routes: Routes; readonly validation: Validation }>();

/** Answers requests to the API. */
export class Api {
  readonly requests: Recorded[] = [];
  readonly violations: Violation[] = [];
  readonly limits: RateLimits;
  readonly #world: World;
  readonly #blobs: Blobs;
  readonly #faults: Faults;
  readonly #basePath: string;
  readonly #routes: Routes;
  readonly #validation: Validation;

  constructor(world: World, blobs: Blobs, faults: Faults, basePath: string) {
    this.#world = world;
    this.#blobs = blobs;
    this.#faults = faults;
    this.#basePath = basePath;
    this.limits = new RateLimits(world.clock);
    let machine = machines.get(world.profile);
    if (machine === undefined) {
      const description = descriptions[world.profile];
      machine = { routes: new Routes(description), validation: new Validation(description) };
      machines.set(world.profile, machine);
    }
    this.#routes = machine.routes;
    this.#validation = machine.validation;
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#world.clock.settle();
    const url = new URL(incoming.url ?? '/', 'http://stand-in');
    const { method = 'GET' } = incoming;
    if (method === 'OPTIONS') {
      preflight(response);
      return;
    }
    if (!`${url.pathname}/`.startsWith(`${this.#basePath}/`)) {
      page(response, url.pathname);
      return;
    }
    const path = url.pathname.slice(this.#basePath.length) || '/';
    const text = await bodyOf(incoming);
    const request: Request = { method, path, query: url.searchParams, headers: incoming.headers, text };
    await this.#exchange(request, response);
  }

  async #exchange(request: Request, response: ServerResponse): Promise<void> {
    const match = this.#match(request);
    const operationId = match?.route.operation.operationId ?? null;
    const fault = operationId === null ? undefined : this.#faults.take(operationId);
    const value = tokenOf(request.headers.authorization);
    const token = this.#world.tokens.get(value ?? '');
    const limited = this.#world.profile === 'github.com';
    const answer = this.#answer(request, match, value, token, fault);
    const body = answer.body === undefined ? undefined : JSON.stringify(answer.body);
    const etag =
      body === undefined || answer.status !== 200 || request.method !== 'GET' ? undefined : etagOf(token?.value, body);
    const unchanged = etag !== undefined && request.headers['if-none-match'] === etag;
    const free =
      unchanged || answer.status === 304 || fault?.kind === 'not-modified' || operationId === 'rate-limit/get';
    if (limited && !free) this.limits.use(token?.value);
    const rendered: Rendered = {
      status: unchanged ? 304 : answer.status,
      text: unchanged ? undefined : body,
      headers: {
        ...commonHeaders(this.#world),
        ...(body === undefined || unchanged ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...(etag === undefined ? {} : { etag, 'cache-control': 'private, max-age=60, s-maxage=60' }),
        ...scopeHeaders(token, operationId === null ? [] : acceptedScopes(operationId, request.method)),
        ...limitHeaders(limited ? this.limits.of(token?.value) : undefined),
        ...(operationId === null ? {} : { 'x-github-api-version-selected': apiVersion }),
        ...answer.headers,
      },
    };
    const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
    this.requests.push({
      method: request.method,
      path: request.path + query,
      operationId,
      status:
        fault?.kind === 'not-modified' ? 304 : fault?.kind === 'server-error' ? (fault.status ?? 502) : rendered.status,
      cost: limited && !free ? 1 : 0,
      authorized: value !== undefined,
      at: this.#world.clock.now,
    });
    await send(response, rendered, fault);
  }

  #answer(
    request: Request,
    match: Match | undefined,
    value: string | undefined,
    token: Token | undefined,
    fault: Fault | undefined,
  ): Answer {
    try {
      const answer = this.#operate(request, match, value, token, fault);
      if (match !== undefined) this.#checkAnswer(request, match.route, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const url = 'https://docs.github.com/rest';
      const body: JsonObject = {
        message: error.message,
        ...error.more,
        documentation_url: url,
        status: String(error.status),
      };
      const answer = { status: error.status, body, headers: error.headers };
      // What a fault makes up is not the stand-in's own answer.
      if (match !== undefined && fault === undefined) this.#checkAnswer(request, match.route, answer);
      return answer;
    }
  }

  #operate(
    request: Request,
    match: Match | undefined,
    value: string | undefined,
    token: Token | undefined,
    fault: Fault | undefined,
  ): Answer {
    if (request.headers['user-agent'] === undefined) {
      throw new ApiError(
        403,
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
      );
    }
    if (value !== undefined && (token === undefined || token.revoked)) throw new ApiError(401, 'Bad credentials');
    if (match === undefined) {
      this.#violated(request, null, 'request', 'This operation is not in the extract of the description.');
      throw new ApiError(501, 'The stand-in does not know this operation.');
    }
    const version = request.headers['x-github-api-version'];
    if (version !== undefined && version !== apiVersion) {
      throw new ApiError(400, `Version "${String(version)}" is not a supported version.`);
    }
    const { route, params } = match;
    const { operationId } = route.operation;
    const early = fault?.when === 'after' ? undefined : this.#failure(request, fault, params);
    if (early !== undefined) throw early;
    const limited = this.#world.profile === 'github.com' && operationId !== 'rate-limit/get';
    if (limited && this.limits.of(token?.value).remaining === 0) throw new ApiError(403, 'API rate limit exceeded.');
    const repository = this.#repository(params);
    authorize(operationId, request.method, token, repository);
    const body = this.#checkRequest(request, route);
    if (fault !== undefined && fault.when !== 'after' && lost.has(fault.kind)) throw new ApiError(502, 'Server Error');
    const handler = handlers[operationId];
    if (handler === undefined) {
      this.#violated(request, operationId, 'request', 'The stand-in does not implement this operation.');
      throw new ApiError(501, `The stand-in does not implement ${operationId}.`);
    }
    const answer = handler(this.#call(request, operationId, params, body, token, repository, fault));
    const late = fault?.when === 'after' ? this.#failure(request, fault, params) : undefined;
    if (late !== undefined) throw late;
    return answer;
  }

  #call(
    { query, headers, path }: Request,
    operationId: string,
    params: Readonly<Record<string, string>>,
    body: JsonObject,
    token: Token | undefined,
    repository: RepositoryState | undefined,
    fault: Fault | undefined,
  ): Call {
    return {
      operationId,
      world: this.#world,
      blobs: this.#blobs,
      limits: this.limits,
      params,
      query,
      body,
      accept: headers.accept ?? '',
      viewer: token?.user,
      token,
      fault,
      path: repository === undefined ? path : byId(path, repository),
      get repository() {
        if (repository === undefined) throw new Error(`${operationId} is about no repository.`);
        return repository;
      },
    };
  }

  #failure(request: Request, fault: Fault | undefined, params: Readonly<Record<string, string>>): ApiError | undefined {
    if (fault === undefined) return undefined;
    const { owner, repo } = params;
    const repository = owner === undefined || repo === undefined ? undefined : this.#world.findRepository(owner, repo);
    const path = repository === undefined ? request.path : byId(request.path, repository);
    return failureOf(fault, this.#world.clock.now, `${this.#world.addresses.api}${path}`);
  }

  /** Also by the id of the repository, as Link headers have it. */
  #match({ method, path }: Request): Match | undefined {
    const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
    if (id === undefined) return this.#routes.find(method, path);
    const repository = this.#world.repositories.find((candidate) => String(candidate.id) === id);
    return this.#routes.find(method, `/repos/${repository?.fullName ?? `by-id/${id}`}${rest}`);
  }

  #repository({ owner, repo }: Readonly<Record<string, string>>): RepositoryState | undefined {
    if (owner === undefined || repo === undefined) return undefined;
    const found = this.#world.findRepository(owner, repo);
    if (found !== undefined) return found;
    const moved = this.#world.moved.get(`${owner}/${repo}`.toLowerCase());
    if (moved === undefined) throw notFound();
    const url = `${this.#world.addresses.api}/repositories/${moved}`;
    throw new ApiError(301, 'Moved Permanently', { url }, { location: url });
  }

  #checkRequest(request: Request, route: Route): JsonObject {
    const { operationId } = route.operation;
    for (const message of this.#validation.query(route, request.query)) {
      this.#violated(request, operationId, 'request', message);
    }
    const body = parsed(request.text);
    const { wrong, notPermitted } = this.#validation.requestBody(route, body);
    for (const message of wrong) this.#violated(request, operationId, 'request', message);
    for (const key of notPermitted) this.#violated(request, operationId, 'request', `"${key}" is not a permitted key.`);
    if (notPermitted.length > 0) {
      const keys = notPermitted.map((key) => `"${key.slice(key.lastIndexOf('/') + 1)}"`).join(', ');
      throw new ApiError(
        422,
        `Invalid request.\n\n${keys} ${notPermitted.length > 1 ? 'are not permitted keys' : 'is not a permitted key'}.`,
      );
    }
    if (wrong.length > 0) throw new ApiError(422, `Invalid request.\n\n${wrong.join('\n')}`);
    return isObject(body) ? body : {};
  }

  #checkAnswer(request: Request, route: Route, { status, body }: Answer): void {
    for (const message of this.#validation.response(route, status, body)) {
      this.#violated(request, route.operation.operationId, 'response', `${status}: ${message}`);
    }
  }

  #violated(request: Request, operationId: string | null, side: Violation['side'], message: string): void {
    const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
    this.violations.push({ side, operationId, method: request.method, path: request.path + query, message });
  }
}

function byId(path: string, repository: RepositoryState): string {
  return path.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${repository.id}`);
}

function tokenOf(authorization: string | undefined): string | undefined {
  return authorization?.replace(/^(bearer|token)\s+/i, '');
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
  }
}

/** What a browser asks before it lets a page of another origin ask. */
function preflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
    'access-control-allow-headers':
      'Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept, User-Agent, X-GitHub-Api-Version, X-Requested-With',
    'access-control-max-age': '86400',
  });
  response.end();
}

/** GitHub's pages, of which the stand-in has none. */
function page(response: ServerResponse, path: string): void {
  const found = !/\.git(\/|$)/.test(path);
  response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
  const shown = path.replace(/[&<>"]/g, '');
  response.end(
    `<!doctype html><title>Stand-in for GitHub</title><p>GitHub would show <code>${shown}</code> here. This stand-in has only the API.</p>`,
  );
}
