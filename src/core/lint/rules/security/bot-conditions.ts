import { rule } from '../../rule';
import { accessPath, walk } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import { workflowOf } from '../examples';

/** Who acted last, rather than whose pull request it is. */
const names = new Set(['github.actor', 'github.triggering_actor', 'github.event.pull_request.sender.login']);
const ids = new Set(['github.actor_id', 'github.event.pull_request.sender.id']);
/** dependabot, renovate, and their older accounts. */
const botIds = new Set(['49699333', '29139614', '27856297', '29110']);

/** Where an event says who made the thing it is about. */
const authors: readonly (readonly [events: readonly string[], path: string])[] = [
  [['pull_request', 'pull_request_target'], 'github.event.pull_request.user'],
  [['pull_request_review', 'pull_request_review_comment'], 'github.event.pull_request.user'],
  [['issue_comment'], 'github.event.comment.user'],
  [['issues'], 'github.event.issue.user'],
  [['discussion'], 'github.event.discussion.user'],
  [['discussion_comment'], 'github.event.comment.user'],
  [['milestone'], 'github.event.milestone.creator'],
  [['release'], 'github.event.release.author'],
];

export const botConditions = rule({
  code: 'bot-conditions',
  category: 'security',
  title: 'A check for a bot that people can pass',
  severity: 'warning',
  description:
    '`github.actor` is who caused this run, not whose pull request it is: anybody can make dependabot act on a pull request of their own, and the condition holds. Compare with the author: `github.event.pull_request.user.login`.',
  bad: [
    workflowOf("- run: gh pr merge --auto\n  if: github.actor == 'dependabot[bot]'", { on: 'pull_request_target' }),
  ],
  good: [
    workflowOf("- run: gh pr merge --auto\n  if: github.event.pull_request.user.login == 'dependabot[bot]'", {
      on: 'pull_request_target',
    }),
  ],
  links: ['https://www.synacktiv.com/publications/github-actions-exploitation-dependabot'],
  source: 'zizmor: bot-conditions',
  check: ({ workflow, expressions, edit, text, report }) => {
    if (workflow === undefined) return;
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      if (ast === undefined || expression.place.key !== 'if' || !/(?:bot\]|\d)/.test(expression.source)) continue;
      for (const node of walk(ast)) {
        if (node.kind !== 'compare' || node.operator !== '==') continue;
        const context = spoofable(node.left, node.right) ?? spoofable(node.right, node.left);
        if (context === undefined) continue;
        const range = expression.range(context.node);
        const author = authorOf(workflow.triggers.map(({ event }) => event));
        const fits =
          text.slice(range.start, range.end) === expression.source.slice(context.node.start, context.node.end);
        report(range, 'Anybody can make a bot act on their own pull request: compare with the author of it.', {
          fixes:
            author !== undefined && fits
              ? [edit.fix(`Compare with ${author}.${context.field}`, edit.replace(range, `${author}.${context.field}`))]
              : [],
        });
      }
    }
  },
});

function spoofable(access: Expr, other: Expr): { node: Expr; field: 'login' | 'id' } | undefined {
  if (other.kind !== 'literal') return undefined;
  const path = accessPath(access)?.join('.');
  if (path === undefined) return undefined;
  if (names.has(path) && typeof other.value === 'string' && other.value.endsWith('[bot]'))
    return { node: access, field: 'login' };
  return ids.has(path) && botIds.has(String(other.value)) ? { node: access, field: 'id' } : undefined;
}

/** What names the author under every trigger, if something does. */
function authorOf(events: readonly string[]): string | undefined {
  const found = new Set(events.map((event) => authors.find(([known]) => known.includes(event))?.[1]));
  return found.size === 1 ? [...found][0] : undefined;
}
