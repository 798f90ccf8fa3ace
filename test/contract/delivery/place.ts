import { carryOut, type News } from '../../../src/core/rollback/carry-out.js';
import type { Outcome } from '../../../src/core/rollback/truth.js';
import { liveImage } from '../../../src/core/rollback/live.js';
import type { Wish } from '../../../src/core/rollback/wish.js';
import { getRepository } from '../../../src/github/api/repository.js';
import { createOperations } from '../../../src/github/api/operations.js';
import { createGitHub, type GitHub } from '../../../src/github/client.js';
import { createStore } from '../../../src/github/repository-store.js';
import { prepare, type Prepared } from '../../../src/github/rollback/prepare.js';
import { rollbackWorld } from '../../../src/github/rollback/world.js';
import rollbackYml from '../../../workflows-template/.github/workflows/rollback.yml';
import { startGitHub, type GitHub as Double, type GitHubOptions, type Run } from '../../github/github.js';
import type { RepositoryState } from '../../github/state/repository.js';
import { here } from '../github/stand-in.js';
import { RegistryDouble } from './registry.js';

/** A repository with images, releases and a rollback.yml that does what ours does; and its registry. */
export class Place {
  readonly double: Double;
  readonly registry: RegistryDouble;
  readonly state: RepositoryState;
  readonly digests: Readonly<Record<string, string>>;
  /** What the client logged. */
  readonly logged: string[] = [];
  readonly token: string;

  constructor(double: Double, registry: RegistryDouble, reviewers: readonly string[]) {
    this.double = double;
    this.registry = registry;
    this.token = double.token({ scopes: ['repo', 'workflow', 'read:packages'] });
    const state = double.repository(here.owner, here.repo);
    this.state = state;
    state.commit({ message: 'Count words', files: { '.github/workflows/rollback.yml': rollbackYml } });
    state.deliveries.addEnvironment('production', { reviewers });
    state.settings.variables.set('REGISTRY', { value: registry.host, createdAt: double.now, updatedAt: double.now });
    state.workflow('container.yml', { dispatch: {}, jobs: [{ name: 'image' }] });
    state.workflow('rollback.yml', {
      dispatch: {
        version: { type: 'string', required: true },
        reason: { type: 'string', required: true },
        request: { type: 'string', default: '' },
      },
      runName: ({ version = '', request = '' }) => `Roll back to ${version}${request === '' ? '' : ` [${request}]`}`,
      jobs: [
        { name: 'detect', duration: '20s', steps: [{ name: 'Find the image' }] },
        {
          name: 'rollback',
          needs: ['detect'],
          environment: 'production',
          duration: '40s',
          steps: [{ name: 'Move latest' }, { name: 'Mark the release as the latest one' }],
          effect: (run) => {
            this.move(run.inputs['version'] ?? '');
          },
        },
        {
          name: 'notify',
          needs: ['detect', 'rollback'],
          always: true,
          duration: '10s',
          artifacts: (run) => [this.#report(run)],
        },
      ],
    });
    const digests: Record<string, string> = {};
    for (const [days, version] of [
      [30, '1.4.0'],
      [20, '1.4.1'],
      [10, '1.4.2'],
    ] as const) {
      const at = state.ago(`${days}d`);
      const digest = registry.push(version);
      digests[version] = digest;
      registry.tag(version, digest);
      state.deliveries.image({ tags: [version], digest, at });
      state.deliveries.release({ tag: `v${version}`, body: `What is new in ${version}.`, at });
    }
    this.digests = digests;
    this.move(this.digest('1.4.2'));
  }

  digest(version: string): string {
    const digest = this.digests[version];
    if (digest === undefined) throw new Error(`There is no image ${version}.`);
    return digest;
  }

  /** What rollback.yml does. */
  move(digest: string): void {
    this.state.deliveries.moveTag('latest', digest);
    this.registry.tag('latest', digest);
  }

  /** What carries `latest`, as the packages list it. */
  get live(): string | undefined {
    return this.state.deliveries.container().versions.find(({ tags }) => tags.includes('latest'))?.digest;
  }

  get rollbacks(): readonly Run[] {
    return this.state.runs.all.filter(({ workflow }) => workflow.path.endsWith('/rollback.yml'));
  }

  get dispatches(): number {
    return this.double.requests.filter(({ operationId }) => operationId === 'actions/create-workflow-dispatch').length;
  }

  /** @param beforeEach called before each request with its number, from 1 */
  client(beforeEach: (request: number) => void = () => undefined): GitHub {
    let requests = 0;
    const log = (message: string) => {
      this.logged.push(message);
    };
    return createGitHub({
      apiUrl: this.double.apiUrl,
      webUrl: this.double.world.addresses.web,
      token: () => this.token,
      retryAfter: 1,
      log: { debug: log, info: log, warn: log, error: log },
      fetch: (url, init) => {
        beforeEach(++requests);
        return fetch(url, init);
      },
    });
  }

  #report(run: Run) {
    const { version = '', reason = '', request = '' } = run.inputs;
    const to = { digest: version, version: null };
    const from = { digest: this.digest('1.4.2'), version: '1.4.2' };
    const report = {
      schema: 1,
      workflow: 'rollback',
      repository: this.state.fullName,
      commit: run.commit.sha,
      ref: 'refs/heads/main',
      event: 'workflow_dispatch',
      run: { id: run.id, number: run.number, attempt: 1 },
      created: new Date(this.double.now).toISOString(),
      gates: [],
      rollback: {
        image: `${this.registry.host}/octo/tally`,
        tag: 'latest',
        from,
        to,
        platforms: ['linux/amd64', 'linux/arm64'],
        reason,
        actor: run.actor.login,
        request,
        done: this.live === version,
        release: null,
      },
    };
    return { name: 'rust-ci-report', content: { 'rust-ci-report.json': JSON.stringify(report) } };
  }

  async stop(): Promise<void> {
    await Promise.all([this.double.stop(), this.registry.stop()]);
  }
}

export async function startPlace(options: GitHubOptions = {}, reviewers: readonly string[] = []): Promise<Place> {
  const registry = await new RegistryDouble().start();
  const double = await startGitHub({ time: Date.UTC(2026, 10, 20, 9), ...options });
  return new Place(double, registry, reviewers);
}

/** Everything that a rollback reads before it asks. */
export async function prepareAt(github: GitHub): Promise<Prepared> {
  const repository = await getRepository(github, here);
  const id = { host: 'github.com', owner: here.owner, name: here.repo };
  const store = createStore({ github, repository: id, head: { branch: 'main', sha: null, pushedSha: null } });
  try {
    return await prepare({ github, repository, store, registry: () => ({ fetch, credentials: null }) });
  } finally {
    store.dispose();
  }
}

export interface Told {
  readonly outcome: Outcome | null;
  readonly news: readonly News[];
  readonly wish: Wish;
}

export interface Following {
  /** Called at each pause; time goes by otherwise. */
  readonly onPause?: (stage: string) => void | Promise<void>;
  readonly signal?: AbortSignal;
  readonly version?: string;
  readonly sent?: { readonly runId: number | null };
  readonly request?: string;
}

/** Rolls back, as the editor does once the person has confirmed. Pauses take no time here, but time at GitHub goes by. */
export async function rollBackAt(place: Place, github: GitHub, more: Following = {}): Promise<Told> {
  const repository = await getRepository(github, here);
  const prepared = await prepareAt(github);
  if (prepared.kind !== 'ready') throw new Error(`Hindered by ${prepared.hindrance.kind}.`);
  const live = liveImage(prepared.facts);
  const wish: Wish = {
    from: live && { digest: live.image.digest, version: live.version },
    to: { digest: place.digest(more.version ?? '1.4.1'), version: more.version ?? '1.4.1' },
    platforms: ['linux/amd64', 'linux/arm64'],
    reason: 'It crashes',
    request: more.request ?? crypto.randomUUID(),
  };
  const news: News[] = [];
  const world = rollbackWorld({
    github,
    repository,
    operations: createOperations(github, here),
    workflowId: prepared.workflowId,
    image: prepared.image,
    registry: { fetch, credentials: null },
    pause: async () => {
      await more.onPause?.(news.at(-1)?.stage.at ?? '');
      place.double.advance('15s');
    },
  });
  const signal = more.signal ?? new AbortController().signal;
  const tell = (one: News) => news.push(one);
  const outcome = await carryOut({ wish, world, tell, signal, ...(more.sent && { sent: more.sent }) });
  return { outcome, news, wish };
}
