import { randomBytes } from 'node:crypto';
import type { Addresses } from '../addresses.js';
import type { Profile } from '../check/description.js';
import type { Clock } from '../clock.js';
import type { Package } from './delivery.js';
import { RepositoryState, type RepositoryOptions } from './repository.js';
import type { Team, Token, User } from './user.js';

export interface TokenOptions {
  /** A login; default: `maria`. */
  readonly user?: string;
  /** Default: those that VS Code asks for. Null: a fine-grained token. */
  readonly scopes?: readonly string[] | null;
  /** Organisations whose single sign-on the token is not authorised for. */
  readonly ssoRequiredBy?: readonly string[];
}

/** Everything that this GitHub has. */
export class World {
  readonly clock: Clock;
  readonly addresses: Addresses;
  readonly profile: Profile;
  readonly users = new Map<string, User>();
  readonly teams: Team[] = [];
  readonly tokens = new Map<string, Token>();
  readonly repositories: RepositoryState[] = [];
  readonly packages: Package[] = [];
  /** Of repositories that were renamed: the old full name, and the id. */
  readonly moved = new Map<string, number>();
  #id = 100_000;

  constructor(clock: Clock, addresses: Addresses, profile: Profile) {
    this.clock = clock;
    this.addresses = addresses;
    this.profile = profile;
  }

  id(): number {
    this.#id += 7;
    return this.#id;
  }

  /** The person with this login, who comes to be when first named. */
  user(login: string, type: User['type'] = 'User'): User {
    const known = this.users.get(login.toLowerCase());
    if (known !== undefined) return known;
    const name = login.charAt(0).toUpperCase() + login.slice(1);
    const user: User = { id: this.id(), login, type, name, createdAt: Date.UTC(2019, 3, 12) };
    this.users.set(login.toLowerCase(), user);
    return user;
  }

  organization(login: string): User {
    return this.user(login, 'Organization');
  }

  team(organization: string, slug: string, members: readonly string[]): Team {
    const team: Team = {
      id: this.id(),
      slug,
      name: slug,
      organization: this.organization(organization),
      members: members.map((login) => this.user(login)),
    };
    this.teams.push(team);
    return team;
  }

  token({ user = 'maria', scopes = ['repo', 'workflow'], ssoRequiredBy = [] }: TokenOptions = {}): string {
    // Not the form of GitHub's tokens, so that no scanner takes it for one.
    const value = `stand-in-${randomBytes(15).toString('hex')}`;
    this.tokens.set(value, { value, user: this.user(user), scopes, ssoRequiredBy, revoked: false });
    return value;
  }

  repository(owner: string, name: string, options: RepositoryOptions = {}): RepositoryState {
    const user = this.user(owner, options.organization === true ? 'Organization' : 'User');
    const repository = new RepositoryState(this, user, name, options);
    this.repositories.push(repository);
    return repository;
  }

  findRepository(owner: string, name: string): RepositoryState | undefined {
    const fullName = `${owner}/${name}`.toLowerCase();
    return this.repositories.find((candidate) => candidate.fullName.toLowerCase() === fullName);
  }
}
