import { Addresses } from './addresses.js';
import type { Profile } from './check/description.js';
import type { Violation } from './check/violation.js';
import { Clock } from './clock.js';
import type { Duration } from './duration.js';
import { Faults, type Fault } from './faults.js';
import { Api, type Recorded } from './http/api.js';
import { Blobs } from './http/blobs.js';
import { Listener } from './http/listener.js';
import type { RepositoryOptions, RepositoryState } from './state/repository.js';
import { World, type TokenOptions } from './state/world.js';

export type { Fault } from './faults.js';
export type { Violation } from './check/violation.js';
export type { Recorded } from './http/api.js';
export type { AnnotationPlan, ArtifactPlan, JobPlan, StepPlan } from './state/plan.js';
export type { RepositoryState } from './state/repository.js';
export type { Run } from './state/run.js';

export interface GitHubOptions {
  /** Default: github.com. */
  readonly profile?: Profile;
  /** Default: none for github.com, `/api/v3` for Enterprise Server. */
  readonly basePath?: string;
  /** What time it is at the start. Default: now. */
  readonly time?: Date | number;
  /** How many times as fast as the wall clock time goes by. Default: 0, time stands still until it is advanced. */
  readonly speed?: number;
  /** Default: any free one. */
  readonly port?: number;
}

/** A stand-in for GitHub on loopback, which checks everything that it is asked and everything that it answers. */
export class GitHub {
  readonly world: World;
  readonly #api: Api;
  readonly #faults: Faults;
  readonly #listeners: readonly Listener[];

  constructor(world: World, api: Api, faults: Faults, listeners: readonly Listener[]) {
    this.world = world;
    this.#api = api;
    this.#faults = faults;
    this.#listeners = listeners;
  }

  /** `http://127.0.0.1:PORT`, which is what the setting `github-enterprise.uri` takes. */
  get url(): string {
    return this.#listeners[0]?.url ?? '';
  }

  /** What Octokit calls `baseUrl`. */
  get apiUrl(): string {
    return this.world.addresses.api;
  }

  /** The second origin. */
  get blobUrl(): string {
    return this.world.addresses.blobs;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.world.clock.now;
  }

  /** Everything that was asked or answered against the description. */
  get violations(): readonly Violation[] {
    return this.#api.violations;
  }

  /** Every request so far. */
  get requests(): readonly Recorded[] {
    return this.#api.requests;
  }

  /** What the requests so far took from the rate limit. */
  get cost(): number {
    return this.#api.requests.reduce((sum, { cost }) => sum + cost, 0);
  }

  forgetRequests(): void {
    this.#api.requests.length = 0;
  }

  /** Takes violations away that a test provoked. @returns how many there were */
  forgive(message: RegExp): number {
    const kept = this.#api.violations.filter((violation) => !message.test(violation.message));
    const forgiven = this.#api.violations.length - kept.length;
    this.#api.violations.splice(0, Infinity, ...kept);
    return forgiven;
  }

  /** A new token. */
  token(options?: TokenOptions): string {
    return this.world.token(options);
  }

  revoke(token: string): void {
    const known = this.world.tokens.get(token);
    if (known !== undefined) known.revoked = true;
  }

  /** Leaves a token (none: those without one) only so many requests in this hour. */
  leaveRequests(token: string | undefined, remaining: number): void {
    this.#api.limits.leave(token, remaining);
  }

  /** A new, empty repository. */
  repository(owner: string, name: string, options?: RepositoryOptions): RepositoryState {
    return this.world.repository(owner, name, options);
  }

  /** Lets requests of an operation (`*`: of any) fail, one if not said otherwise. */
  fault(operationId: string, fault: Fault, times = 1): void {
    this.#faults.add(operationId, fault, times);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** Lets time go by. */
  advance(duration: Duration): void {
    this.world.clock.advance(duration);
  }

  /** Lets time go by until nothing is planned any more: everything has finished or waits for somebody. */
  finish(): void {
    for (let next = this.world.clock.next; next !== undefined; next = this.world.clock.next) {
      this.world.clock.advance(Math.max(0, next - this.world.clock.now));
    }
  }

  /** Connections are refused, and those that were open are closed. */
  async offline(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }

  async online(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.open()));
  }

  async stop(): Promise<void> {
    await this.offline();
  }
}

/** Starts a stand-in for GitHub. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const { profile = 'github.com', basePath = profile === 'github.com' ? '' : '/api/v3', speed = 0, port = 0 } = options;
  const clock = new Clock(Number(options.time ?? Date.now()), speed);
  const blobs = new Blobs(clock);
  const serving: { api?: Api } = {};
  const pages = new Listener((request, response) => {
    serving.api?.serve(request, response).catch((error: unknown) => {
      // A mistake of the stand-in: it must not look like an answer of GitHub.
      console.error(error);
      response.destroy();
    });
  }, port);
  const archives = new Listener((request, response) => {
    clock.settle();
    blobs.serve(request, response);
  }, 0);
  await Promise.all([pages.open(), archives.open()]);
  blobs.url = archives.url;
  const web = basePath === '' ? 'https://github.com' : pages.url;
  const world = new World(clock, new Addresses(`${pages.url}${basePath}`, web, archives.url), profile);
  const faults = new Faults();
  const api = new Api(world, blobs, faults, basePath);
  serving.api = api;
  return new GitHub(world, api, faults, [pages, archives]);
}
