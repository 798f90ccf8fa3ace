import { severities } from './finding';
import type { Category, Severity } from './finding';
import type { Rule } from './rule';

/** How loud rules are. */
export interface LintSettings {
  /** By rule code or category; a code wins over its category. */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  /** Report what is off by default, as hints. */
  readonly allRules?: boolean;
}

/** A rule's severity under the settings; undefined where the rule does not run. */
export function severityOf(
  rule: Pick<Rule, 'code' | 'category' | 'severity'>,
  settings: LintSettings,
): Severity | undefined {
  const own = settings.severity?.[rule.code];
  const byCategory = settings.severity?.[rule.category];
  if (own !== undefined) return own === 'off' ? undefined : own;
  if (byCategory === 'off') return undefined;
  if (rule.severity === 'off') return settings.allRules === true ? 'hint' : undefined;
  return byCategory ?? rule.severity;
}

/**
 * The severity of one finding whose rule graded it: what a person set for the rule or its category counts more than the
 * grade, except that `off` findings stay off unless all rules are asked for.
 */
export function gradedSeverity(
  rule: Pick<Rule, 'code' | 'category'>,
  resolved: Severity,
  graded: Severity | 'off' | undefined,
  settings: LintSettings,
): Severity | undefined {
  if (graded === 'off') return settings.allRules === true ? 'hint' : undefined;
  const set = settings.severity?.[rule.code] ?? settings.severity?.[rule.category satisfies Category];
  return graded === undefined || set !== undefined ? resolved : graded;
}

/** Whether `severity` is at least as grave as `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
