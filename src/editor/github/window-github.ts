import { EventEmitter } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';
import type { Connection, Session } from './connect.js';
import type { Head } from '../../core/actions/snapshot.js';
import type { Finding, GitHub, OpenRepository } from './github.js';
import { loadClient } from './load-client.js';
import { repositoryKey } from './repository-key.js';
import { Repositories, type Candidate, type WorkingCopy } from './repositories.js';
import { SignIn, type Account } from './sign-in.js';

interface Open extends OpenRepository {
  readonly connection: Connection;
}

const chosenKey = 'rustCi.repository';

/** The repositories of this window, with one store each, and who is signed in. */
export class WindowGitHub implements GitHub, Disposable {
  readonly #context: ExtensionContext;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly signIn: SignIn;
  readonly #repositories = new Repositories();
  readonly #open = new Map<string, Promise<Open>>();
  readonly #accounts = new Map<string, Account | undefined>();
  readonly #ends: Disposable[] = [];
  #current: Open | undefined;
  #finding: Finding = { kind: 'idle' };
  #started: Promise<OpenRepository | undefined> | undefined;
  #disposed = false;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(context: ExtensionContext) {
    this.#context = context;
    this.signIn = new SignIn(context);
  }

  get current(): OpenRepository | undefined {
    return this.#current;
  }

  get finding(): Finding {
    return this.#finding;
  }

  /** The working copies of the window, as far as they were looked for. */
  get workingCopies(): readonly WorkingCopy[] {
    return this.#repositories.all;
  }

  /** Who is signed in to a host; undefined for nobody, or if nothing was asked yet. */
  account(host: string): Account | undefined {
    return this.#accounts.get(host);
  }

  open(): Promise<OpenRepository | undefined> {
    return (this.#started ??= this.#start());
  }

  /** Shows another repository, in this window from now on. */
  async choose(candidate: Candidate): Promise<void> {
    await this.#context.workspaceState.update(chosenKey, `${repositoryKey(candidate.id)} ${candidate.root.toString()}`);
    await this.#find();
  }

  /** Tells of all that changed in one go, and never while somebody is being told or is just beginning to watch. */
  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#changed.fire();
    }, 10);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#telling);
    for (const one of this.#ends) one.dispose();
    this.#repositories.dispose();
    this.signIn.dispose();
    for (const open of this.#open.values())
      void open.then(
        ({ connection }) => {
          connection.dispose();
        },
        () => undefined,
      );
    this.#changed.dispose();
  }

  async #start(): Promise<OpenRepository | undefined> {
    this.#finding = { kind: 'looking' };
    this.#tell();
    await this.#repositories.start();
    if (this.#disposed) return undefined;
    this.#ends.push(
      this.#repositories.onDidChange(() => void this.#find()),
      this.signIn.onDidChange((host) => void this.#signedIn(host)),
    );
    await this.#find();
    return this.#current;
  }

  /** Settles which repository is shown, and tells its store what is checked out. */
  async #find(): Promise<void> {
    const { finding, candidate } = this.#choice();
    if (!candidate) {
      this.#current = undefined;
      this.#finding = finding;
      this.#tell();
      return;
    }
    const head = await this.#repositories.headOf(candidate.root);
    const open = await this.#connect(candidate, head);
    if (this.#disposed) return;
    open.connection.store.setHead(head);
    this.#current = open;
    this.#finding = finding;
    this.#tell();
    await this.#forget();
  }

  #choice(): { finding: Finding; candidate?: Candidate } {
    const copies = this.#repositories.all;
    const candidates = copies.flatMap((copy) => copy.candidates);
    const chosen = this.#context.workspaceState.get<string>(chosenKey);
    const asChosen = candidates.find(({ id, root }) => `${repositoryKey(id)} ${root.toString()}` === chosen);
    if (asChosen) return { finding: { kind: 'found' }, candidate: asChosen };
    if (copies.length === 0) return { finding: { kind: 'noRepository' } };
    const copy = copies.find((one) => one.candidates.length > 0);
    const [candidate] = copy?.candidates ?? [];
    if (!copy || !candidate) {
      const [host] = copies.flatMap(({ foreign }) => foreign);
      return { finding: host === undefined ? { kind: 'noRemote' } : { kind: 'foreign', host } };
    }
    return copy.ambiguous ? { finding: { kind: 'ambiguous' } } : { finding: { kind: 'found' }, candidate };
  }

  #connect({ id, root }: Candidate, head: Head): Promise<Open> {
    const key = `${repositoryKey(id)} ${root.toString()}`;
    let open = this.#open.get(key);
    if (!open) {
      open = this.#openNew(id, root, head);
      this.#open.set(key, open);
    }
    return open;
  }

  async #openNew(id: OpenRepository['id'], root: OpenRepository['root'], head: Head): Promise<Open> {
    const [{ connect }] = await Promise.all([loadClient(), this.#askAccount(id.host)]);
    const session: Session = {
      token: () => this.#accounts.get(id.host)?.token ?? null,
      refused: (token) => {
        this.signIn.refused(token);
      },
    };
    const connection = connect(id, head, this.#context, session);
    const { store, client } = connection;
    store.onDidChange(() => {
      if (this.#current?.connection === connection) this.#tell();
    });
    return { id, root, store, client, token: session.token, operations: store, connection };
  }

  /** Ends the stores of repositories that are gone. */
  async #forget(): Promise<void> {
    const keys = new Set(
      this.#repositories.all.flatMap(({ candidates }) =>
        candidates.map(({ id, root }) => `${repositoryKey(id)} ${root.toString()}`),
      ),
    );
    for (const [key, open] of this.#open) {
      if (keys.has(key)) continue;
      this.#open.delete(key);
      (await open).connection.dispose();
    }
  }

  async #askAccount(host: string): Promise<void> {
    this.#accounts.set(host, await this.signIn.account(host));
  }

  async #signedIn(changed: string | undefined): Promise<void> {
    for (const host of [...this.#accounts.keys()]) {
      if (changed !== undefined && changed !== host) continue;
      const before = this.#accounts.get(host)?.token;
      await this.#askAccount(host);
      if (this.#accounts.get(host)?.token === before) continue;
      for (const open of this.#open.values()) {
        const { id, connection } = await open;
        if (id.host === host) connection.signedIn();
      }
    }
    this.#tell();
  }
}
