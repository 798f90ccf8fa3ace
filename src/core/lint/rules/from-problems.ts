import type { ProblemKind } from '../analysis';
import type { Rule, RuleContext } from '../rule';

/**
 * The check of a rule that reports what a shared pass found under the rule's own code. What was probably meant becomes a
 * fix.
 */
export function fromProblems(kind: ProblemKind): Rule['check'] {
  return (context: RuleContext) => {
    for (const problem of context.problems(kind)) {
      const { suggestion } = problem;
      const fixes =
        suggestion === undefined
          ? []
          : [
              context.edit.fix(
                `Replace with "${suggestion}"`,
                context.edit.replace(problem, rewritten(context, problem, suggestion)),
              ),
            ];
      context.report(problem, problem.message, { related: problem.related, fixes, severity: problem.severity });
    }
  };
}

/** The suggestion in the quotes of what it replaces. */
function rewritten(context: RuleContext, range: { start: number; end: number }, suggestion: string): string {
  const quote = context.text.charAt(range.start);
  const quoted = (quote === "'" || quote === '"') && context.text.charAt(range.end - 1) === quote;
  return quoted ? `${quote}${suggestion}${quote}` : suggestion;
}
