import type { Change } from './change.js';

/** A rule of a ruleset, with whatever else GitHub has in it. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** A ruleset as GitHub has it. What is not known here is kept as it is. */
export interface Ruleset {
  readonly id: number;
  readonly name: string;
  readonly target: string;
  readonly enforcement: string;
  readonly conditions: unknown;
  readonly rules: readonly Rule[];
  /** Undefined where GitHub does not show it: then it is not sent either, and stays. */
  readonly bypass_actors?: readonly unknown[] | undefined;
}

/** The name of the ruleset that is ours to change. */
export const rulesetName = 'Rust CI';

export interface ChecksNow {
  /** Names of the checks that rules or protection of the default branch ask for. */
  readonly required: readonly string[];
  /** Null where there is none of our name. */
  readonly ours: Ruleset | null;
}

export interface ChecksWish {
  readonly checks: readonly string[];
  /** The app that must report them, where its id is known: then nothing else can. */
  readonly appId: number | null;
}

export interface RulesetBody {
  readonly name: string;
  readonly target: string;
  readonly enforcement: string;
  readonly conditions: unknown;
  readonly rules: readonly Rule[];
  readonly bypass_actors?: readonly unknown[];
}

export interface ChecksPlan {
  readonly changes: readonly Change[];
  /** Null when nothing changes. */
  readonly write: { readonly id: number | null; readonly body: RulesetBody } | null;
}

/** What must change for a branch to ask for the checks. Only the ruleset of our name is written, with all that is in it. */
export function planChecks(now: ChecksNow, { checks, appId }: ChecksWish): ChecksPlan {
  const missing = checks.filter((check) => !now.required.includes(check));
  if (missing.length === 0) return { changes: [], write: null };
  const added = missing.map((context) => ({ context, ...(appId !== null && { integration_id: appId }) }));
  const changes: Change[] = missing.map((value) => ({ kind: 'add', what: 'check', value }));
  const { ours } = now;
  if (!ours) {
    const body: RulesetBody = {
      name: rulesetName,
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [ruleWith(undefined, added)],
    };
    return { changes: [{ kind: 'create', what: rulesetName }, ...changes], write: { id: null, body } };
  }
  if (ours.enforcement !== 'active') {
    changes.unshift({ kind: 'set', what: 'enforcement', from: ours.enforcement, to: 'active' });
  }
  const index = ours.rules.findIndex(({ type }) => type === statusChecks);
  const rules =
    index === -1
      ? [...ours.rules, ruleWith(undefined, added)]
      : ours.rules.map((rule, at) => (at === index ? ruleWith(rule, added) : rule));
  const { name, target, conditions, bypass_actors } = ours;
  const body: RulesetBody = {
    name,
    target,
    enforcement: 'active',
    conditions,
    rules,
    ...(bypass_actors && { bypass_actors }),
  };
  return { changes, write: { id: ours.id, body } };
}

const statusChecks = 'required_status_checks';

interface Check {
  readonly context: string;
}

function ruleWith(rule: Rule | undefined, added: readonly Check[]): Rule {
  const parameters = rule?.parameters ?? {};
  const before = checksOf(rule);
  const absent = added.filter(({ context }) => !before.some((one) => one.context === context));
  return {
    ...rule,
    type: statusChecks,
    parameters: {
      strict_required_status_checks_policy: false,
      ...parameters,
      required_status_checks: [...before, ...absent],
    },
  };
}

/** The checks that a rule asks for. */
export function checksOf(rule: Rule | undefined): readonly Check[] {
  const checks = rule?.type === statusChecks ? rule.parameters?.[statusChecks] : undefined;
  if (!Array.isArray(checks)) return [];
  return checks.filter(
    (one: unknown): one is Check =>
      typeof one === 'object' && one !== null && 'context' in one && typeof one.context === 'string',
  );
}
