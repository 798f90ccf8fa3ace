import type { Problem } from '../analysis';
import type { LintDocument } from '../document';

/** Everything that is wrong with the document's expressions. */
export function checkExpressions(document: LintDocument): readonly Problem[] {
  const problems: Problem[] = [];
  for (const expression of document.expressions) {
    const { error } = expression.parsed;
    if (error === undefined) continue;
    const kind = error.arguments ? 'function-arguments' : 'expression-syntax';
    problems.push({ kind, message: error.message, ...expression.range(error) });
  }
  return problems;
}
