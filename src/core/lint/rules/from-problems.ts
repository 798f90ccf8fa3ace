import type { Problem, ProblemKind } from '../analysis';
import type { Fix } from '../finding';
import type { Rule, RuleContext } from '../rule';
import type { Range } from '../yaml/node';

/**
 * The check of a rule that reports what a shared pass found under the rule's own code. What was probably meant becomes a
 * fix.
 */
export function fromProblems(kind: ProblemKind): Rule['check'] {
  return (context: RuleContext) => {
    for (const problem of context.problems(kind)) {
      const { related, severity, message } = problem;
      context.report(problem, message, { related, severity, fixes: suggestedFixes(context, problem) });
    }
  };
}

/** The fix that a problem's suggestion makes. */
export function suggestedFixes({ edit, text }: RuleContext, problem: Problem): Fix[] {
  const { suggestion } = problem;
  if (suggestion === undefined) return [];
  return [edit.fix(`Replace with "${suggestion}"`, edit.replace(problem, rewritten(text, problem, suggestion)))];
}

/** The suggestion in the quotes of what it replaces. */
function rewritten(text: string, range: Range, suggestion: string): string {
  if (suggestion.startsWith("'")) return suggestion;
  const quote = text.charAt(range.start);
  const quoted = (quote === "'" || quote === '"') && text.charAt(range.end - 1) === quote;
  return quoted ? `${quote}${suggestion}${quote}` : suggestion;
}
