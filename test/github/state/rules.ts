import type { JsonObject } from '../json.js';
import type { RepositoryState } from './repository.js';

export interface Ruleset {
  readonly id: number;
  name: string;
  target: string;
  enforcement: string;
  conditions: JsonObject;
  rules: readonly JsonObject[];
  bypassActors: readonly JsonObject[];
  readonly createdAt: number;
  updatedAt: number;
}

export interface RulesetOptions {
  readonly name?: string;
  readonly target?: string;
  readonly enforcement?: string;
  readonly conditions?: JsonObject;
  readonly rules?: readonly JsonObject[];
  readonly bypassActors?: readonly JsonObject[];
}

/** What protects branches: rulesets, and the older branch protection. */
export class Rules {
  readonly rulesets: Ruleset[] = [];
  /** Contexts that branch protection requires, by branch. */
  readonly protection = new Map<string, readonly string[]>();
  readonly #repository: RepositoryState;

  constructor(repository: RepositoryState) {
    this.#repository = repository;
  }

  add(options: RulesetOptions): Ruleset {
    const { world } = this.#repository;
    const ruleset: Ruleset = {
      id: world.id(),
      name: options.name ?? 'main',
      target: options.target ?? 'branch',
      enforcement: options.enforcement ?? 'active',
      conditions: options.conditions ?? { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: options.rules ?? [],
      bypassActors: options.bypassActors ?? [],
      createdAt: world.clock.now,
      updatedAt: world.clock.now,
    };
    this.rulesets.push(ruleset);
    return ruleset;
  }

  /** Requires checks on the default branch. */
  require(...contexts: readonly string[]): Ruleset {
    const checks = contexts.map((context) => ({ context }));
    const parameters = { strict_required_status_checks_policy: false, required_status_checks: checks };
    return this.add({ rules: [{ type: 'required_status_checks', parameters }] });
  }

  /** The active rulesets that hold for a branch. */
  of(branch: string): Ruleset[] {
    return this.rulesets.filter(({ enforcement, target, conditions }) => {
      const { include = [], exclude = [] } = (conditions['ref_name'] ?? {}) as Record<string, readonly string[]>;
      const named = (patterns: readonly string[]) => patterns.some((pattern) => this.#matches(pattern, branch));
      return enforcement === 'active' && target === 'branch' && named(include) && !named(exclude);
    });
  }

  #matches(pattern: string, branch: string): boolean {
    if (pattern === '~ALL') return true;
    if (pattern === '~DEFAULT_BRANCH') return branch === this.#repository.defaultBranch;
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
    return new RegExp(`^${source}$`).test(`refs/heads/${branch}`);
  }
}
