import { authentication, Disposable, EventEmitter, l10n } from 'vscode';
import type { AuthenticationGetSessionOptions, AuthenticationSession, ExtensionContext } from 'vscode';
import { scopesFor } from '../../github/scopes.js';
import { providerOf } from './hosts.js';

/** Who is signed in to a host, and with what. */
export interface Account {
  readonly token: string;
  /** For people: the name of the account. */
  readonly label: string;
  /** A session of VS Code, or a token that the person entered. */
  readonly kind: 'session' | 'token';
}

/** Milliseconds for which a token that GitHub refused is not sent again. */
const coolDown = 60_000;

/** What is remembered between windows; tokens are in SecretStorage only. */
interface Remembered {
  /** Id of the account that was chosen among several. */
  readonly account?: string;
  /** The person signed out here, though VS Code has a session. */
  readonly signedOut?: boolean;
  /** The person allowed more than the usual: images are shown. */
  readonly images?: boolean;
}

/** Signs in to GitHub hosts. Without a click it only asks for what the person has already granted. */
export class SignIn implements Disposable {
  readonly #context: ExtensionContext;
  readonly #changed = new EventEmitter<string | undefined>();
  /** Somebody signed in or out: at that host, or at any where it is undefined. */
  readonly onDidChange = this.#changed.event;
  readonly #refused = new Map<string, number>();
  #watching: Disposable | undefined;

  constructor(context: ExtensionContext) {
    this.#context = context;
  }

  /** Who is signed in, without asking anybody; undefined for nobody. */
  async account(host: string): Promise<Account | undefined> {
    this.#watch();
    const token = await this.#context.secrets.get(secretKey(host));
    if (token !== undefined) {
      const label = this.#context.globalState.get<string>(ownerKey(host)) ?? '';
      return this.#unlessRefused({ token, label, kind: 'token' });
    }
    if (this.#remembered(host).signedOut === true) return undefined;
    const session = await this.#session(host, { silent: true });
    return session && this.#unlessRefused(accountOf(session));
  }

  /** Whether more than status was granted: the images may be asked for. */
  allowsImages(host: string): boolean {
    return this.#remembered(host).images === true;
  }

  /** Asks the person to sign in, after a click. Resolves with undefined when they leave. */
  async signIn(
    host: string,
    options: { readonly images?: boolean; readonly again?: boolean } = {},
  ): Promise<Account | undefined> {
    this.#watch();
    if (options.images === true) await this.#remember(host, { images: true });
    const session = await this.#session(
      host,
      options.again === true
        ? { forceNewSession: { detail: l10n.t('{0} no longer accepts the sign-in.', host) } }
        : { createIfNone: true },
    );
    return this.#keepSession(host, session);
  }

  /** The accounts that VS Code has for a host. */
  async accounts(host: string): Promise<readonly { readonly id: string; readonly label: string }[]> {
    const provider = providerOf(host);
    if (!provider) return [];
    try {
      return await authentication.getAccounts(provider);
    } catch {
      return [];
    }
  }

  /** Uses another of several accounts from now on. */
  async choose(host: string, account: { readonly id: string }): Promise<Account | undefined> {
    await this.#remember(host, { account: account.id, signedOut: false });
    return this.signIn(host);
  }

  /** Asks which account to use, those that VS Code has and new ones. */
  async another(host: string): Promise<Account | undefined> {
    await this.#remember(host, { account: '', signedOut: false });
    return this.#keepSession(host, await this.#session(host, { createIfNone: true, clearSessionPreference: true }));
  }

  /** Keeps a token that has been tried. It goes nowhere but to SecretStorage and to its host. */
  async keepToken(host: string, token: string, owner: string): Promise<void> {
    await this.#context.secrets.store(secretKey(host), token);
    await this.#context.globalState.update(ownerKey(host), owner);
    await this.#remember(host, { signedOut: false });
    this.#refused.clear();
    this.#changed.fire(host);
  }

  /** Forgets the token, and does not use VS Code's session until the person signs in again. */
  async signOut(host: string): Promise<void> {
    await this.#context.secrets.delete(secretKey(host));
    await this.#context.globalState.update(ownerKey(host), undefined);
    await this.#remember(host, { signedOut: true, images: false });
    this.#changed.fire(host);
  }

  /** GitHub refused a token: it is left alone for a while, so that no poller gets the account locked. */
  refused(token: string): void {
    this.#refused.set(token, Date.now() + coolDown);
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  async #keepSession(host: string, session: AuthenticationSession | undefined): Promise<Account | undefined> {
    if (!session) return undefined;
    await this.#context.secrets.delete(secretKey(host));
    await this.#remember(host, { signedOut: false, account: session.account.id });
    this.#refused.clear();
    this.#changed.fire(host);
    return accountOf(session);
  }

  #watch(): void {
    this.#watching ??= Disposable.from(
      authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'github' || provider.id === 'github-enterprise') this.#changed.fire(undefined);
      }),
      // Another window has signed in or out with a token.
      this.#context.secrets.onDidChange(({ key }) => {
        if (key.startsWith(secretPrefix)) this.#changed.fire(key.slice(secretPrefix.length));
      }),
    );
  }

  async #session(host: string, how: AuthenticationGetSessionOptions): Promise<AuthenticationSession | undefined> {
    const provider = providerOf(host);
    if (!provider) return undefined;
    const { account, images } = this.#remembered(host);
    const known =
      account === undefined || account === ''
        ? undefined
        : (await this.accounts(host)).find(({ id }) => id === account);
    const options = known ? { ...how, account: known } : how;
    const wide = images === true ? await this.#ask(provider, scopesFor.images, options) : undefined;
    return wide ?? this.#ask(provider, scopesFor.status, options);
  }

  async #ask(
    provider: string,
    scopes: readonly string[],
    options: AuthenticationGetSessionOptions,
  ): Promise<AuthenticationSession | undefined> {
    try {
      return await authentication.getSession(provider, scopes, options);
    } catch {
      // The person left, or VS Code has no such provider here.
      return undefined;
    }
  }

  #unlessRefused(account: Account): Account | undefined {
    const until = this.#refused.get(account.token);
    return until !== undefined && Date.now() < until ? undefined : account;
  }

  #remembered(host: string): Remembered {
    return this.#context.globalState.get<Remembered>(rememberedKey(host)) ?? {};
  }

  async #remember(host: string, more: Remembered): Promise<void> {
    await this.#context.globalState.update(rememberedKey(host), { ...this.#remembered(host), ...more });
  }
}

const secretPrefix = 'rustCi.token/';
const secretKey = (host: string) => `${secretPrefix}${host}`;
const ownerKey = (host: string) => `rustCi.tokenOwner/${host}`;
const rememberedKey = (host: string) => `rustCi.signIn/${host}`;

function accountOf({ accessToken, account }: AuthenticationSession): Account {
  return { token: accessToken, label: account.label, kind: 'session' };
}
