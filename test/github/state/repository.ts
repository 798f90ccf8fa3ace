import { milliseconds, type Duration } from '../duration.js';
import { Checks } from './checks.js';
import { Deliveries } from './deliveries.js';
import { Git, type Commit, type Person } from './git.js';
import { Rules } from './rules.js';
import { Runs, type RunOptions } from './runs.js';
import { Settings } from './secret.js';
import type { Run } from './run.js';
import type { Role, User } from './user.js';
import type { World } from './world.js';
import type { Workflow, WorkflowOptions } from './workflow.js';

export interface RepositoryOptions {
  /** The owner is an organisation. */
  readonly organization?: boolean;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly description?: string;
  /** Roles by login, besides the owner's and maria's, who are admins. */
  readonly collaborators?: Readonly<Record<string, Role>>;
  /** In a private repository of a plan without protection rules, environments can't have any. Default: true. */
  readonly protectionRules?: boolean;
  readonly archived?: boolean;
  readonly fork?: boolean;
}

export interface CommitOptions {
  readonly message: string;
  /** Default: computed. */
  readonly sha?: string;
  /** Which branch moves to it; null: none. Default: the default branch. */
  readonly branch?: string | null;
  /** A login. */
  readonly author?: string;
  /** An author without an account. */
  readonly person?: Person;
  /** When; default: now. */
  readonly at?: number;
  /** What changes; null deletes a file. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly parents?: readonly string[];
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  merged: boolean;
  readonly draft: boolean;
  readonly author: User;
  /** Branches of this repository. */
  readonly head: string;
  base: string;
  readonly createdAt: number;
  updatedAt: number;
}

/** A repository, and the builder that fills it. */
export class RepositoryState {
  readonly world: World;
  readonly id: number;
  readonly owner: User;
  name: string;
  readonly private: boolean;
  readonly description: string;
  readonly archived: boolean;
  readonly fork: boolean;
  readonly protectionRules: boolean;
  readonly collaborators = new Map<string, Role>();
  defaultBranch: string;
  readonly createdAt: number;
  readonly git = new Git();
  readonly runs: Runs;
  readonly checks: Checks;
  readonly deliveries: Deliveries;
  readonly rules: Rules;
  readonly pulls: Pull[] = [];
  readonly settings = new Settings();
  /** What its organization gives to it. */
  readonly organizationSettings = new Settings();
  readonly environmentSettings = new Map<string, Settings>();
  readonly actions = {
    enabled: true,
    allowed: 'all' as 'all' | 'local_only' | 'selected',
    shaPinning: false,
    selected: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] as string[] },
    defaultPermissions: 'read' as 'read' | 'write',
    mayApprove: false,
  };
  vulnerabilityAlerts = false;
  automatedFixes = false;

  constructor(world: World, owner: User, name: string, options: RepositoryOptions) {
    this.world = world;
    this.id = world.id();
    this.owner = owner;
    this.name = name;
    this.private = options.private ?? false;
    this.description = options.description ?? '';
    this.archived = options.archived ?? false;
    this.fork = options.fork ?? false;
    this.protectionRules = options.protectionRules ?? true;
    this.defaultBranch = options.defaultBranch ?? 'main';
    this.createdAt = world.clock.now - 400 * 86_400_000;
    this.collaborators.set('maria', 'admin');
    for (const [login, role] of Object.entries(options.collaborators ?? {})) {
      world.user(login);
      this.collaborators.set(login.toLowerCase(), role);
    }
    this.runs = new Runs(this);
    this.checks = new Checks(this);
    this.deliveries = new Deliveries(this);
    this.rules = new Rules(this);
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** What somebody may do here. */
  role(user: User | undefined): Role {
    const own = user === undefined ? undefined : this.#ownRole(user);
    return own ?? (this.private ? 'none' : 'read');
  }

  #ownRole(user: User): Role | undefined {
    return user.login === this.owner.login ? 'admin' : this.collaborators.get(user.login.toLowerCase());
  }

  /** The old name keeps answering, with 301. */
  rename(name: string): void {
    this.world.moved.set(this.fullName.toLowerCase(), this.id);
    this.name = name;
  }

  commit({
    branch = this.defaultBranch,
    author = 'maria',
    at = this.world.clock.now,
    ...options
  }: CommitOptions): Commit {
    const tip = branch === null ? undefined : this.git.branches.get(branch);
    const parents = options.parents ?? (tip === undefined ? [] : [tip]);
    const before = this.git.commits.get(parents[0] ?? '');
    const files = new Map(before?.files);
    for (const [path, content] of Object.entries(options.files ?? {})) {
      if (content === null) files.delete(path);
      else files.set(path, content);
    }
    const user = this.world.user(author);
    const person = {
      name: user.name ?? user.login,
      email: user.login.endsWith('[bot]')
        ? `49699333+${user.login}@users.noreply.github.com`
        : `${user.login}@example.com`,
      login: user.login,
    };
    const { message, sha } = options;
    const commit = this.git.add({ sha, message, files, parents, date: at, author: options.person ?? person });
    if (branch !== null) this.git.branches.set(branch, commit.sha);
    return commit;
  }

  /** A branch at a commit (a SHA or another branch). Default: the default branch. */
  branch(name: string, at = this.defaultBranch): void {
    this.git.branches.set(name, this.#commit(at).sha);
  }

  tag(name: string, at = this.defaultBranch): void {
    this.git.tags.set(name, this.#commit(at).sha);
  }

  #commit(ref: string): Commit {
    const commit = this.git.resolve(ref);
    if (commit === undefined) throw new Error(`${this.fullName} has no commit "${ref}".`);
    return commit;
  }

  /** @param file below .github/workflows/ */
  workflow(file: string, options: WorkflowOptions = {}): Workflow {
    return this.runs.addWorkflow(file, options);
  }

  /** Starts a run. When it starts in the past, all happens that would have happened since. */
  run(options: RunOptions): Run {
    return this.runs.start(options);
  }

  /** The secrets and variables of an environment. */
  settingsOf(environment: string): Settings {
    let settings = this.environmentSettings.get(environment);
    if (settings === undefined) this.environmentSettings.set(environment, (settings = new Settings()));
    return settings;
  }

  /** Time for builders: so long before now. */
  ago(duration: Duration): number {
    return this.world.clock.now - milliseconds(duration);
  }
}
