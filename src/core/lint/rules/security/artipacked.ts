import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { Job, Step } from '../../model/workflow';
import { takesInput } from '../correctness/known-inputs';
import { workflowOf } from '../examples';

/** Paths of upload-artifact that hold the checkout with its `.git`. */
const wholeCheckout = new Set(['.', './', '..', '../', '${{ github.workspace }}']);

export const artipacked = rule({
  code: 'artipacked',
  category: 'security',
  title: 'The checkout leaves its token on disk',
  severity: 'warning',
  description:
    'actions/checkout stores the token of the job for later `git` commands. Every later step can read it, build scripts and tests of dependencies included, and an artifact that holds the whole checkout publishes it. Set `persist-credentials: false`; where a later step pushes, say `true`, so that a reader knows it is meant.',
  bad: [
    workflowOf('- uses: actions/checkout@v4'),
    workflowOf('- uses: actions/checkout@v4\n  with:\n    fetch-depth: 0'),
    workflowOf('- uses: actions/checkout@v7\n- uses: actions/upload-artifact@v7\n  with:\n    path: .'),
  ],
  good: [workflowOf('- uses: actions/checkout@v4\n  with:\n    persist-credentials: false')],
  links: ['https://unit42.paloaltonetworks.com/github-repo-artifacts-leak-tokens/'],
  source: 'zizmor: artipacked',
  files: ['workflow', 'action'],
  check: (context) => {
    if (context.action !== undefined) checkSteps(context, context.steps);
    for (const job of context.jobs) checkSteps(context, job.steps, job);
  },
});

function checkSteps(context: RuleContext, steps: readonly Step[], job?: Job): void {
  const { edit, report } = context;
  for (const step of steps) {
    const { uses } = step;
    if (uses?.slug !== 'actions/checkout') continue;
    const withEntry = step.node.entry('with');
    if (withEntry !== undefined && step.with === undefined && !isEmpty(withEntry.value)) continue;
    const entry = step.with?.entry('persist-credentials');
    const value = entry?.value.kind === 'scalar' ? entry.value.text : undefined;
    if (value === 'false') continue;
    const leaks = steps.filter(({ index, uses: later, with: inputs }) => {
      const path = inputs?.scalar('path')?.text ?? '';
      return (
        index > step.index &&
        later?.slug === 'actions/upload-artifact' &&
        path.split('\n').some((line) => wholeCheckout.has(line.trim()))
      );
    });
    const explicit = entry !== undefined;
    const change =
      entry === undefined
        ? edit.addNested(step.node, 'with', 'persist-credentials', 'false', { after: 'uses' })
        : edit.setValue(entry, 'false');
    const title = 'Set persist-credentials: false';
    report(
      { start: step.node.start, end: uses.node.end },
      leaks.length > 0
        ? 'The checkout leaves its token in .git, and a later step uploads the whole folder.'
        : 'The checkout leaves its token on disk for every later step: set persist-credentials.',
      {
        severity: explicit ? 'off' : leaks.length > 0 || !isRecent(uses.version ?? uses.ref) ? 'warning' : 'info',
        related: leaks.map(({ node, uses: upload }) => ({
          start: node.start,
          end: upload?.node.end ?? node.end,
          message: 'This artifact holds the token.',
        })),
        // A job that pushes needs the token.
        fixes: !takesInput(step, 'persist-credentials')
          ? []
          : [explicit || pushes(job ?? { steps }) ? edit.unsafeFix(title, change) : edit.fix(title, change)],
      },
    );
  }
}

function isEmpty(node: { kind: string; isNull?: boolean }): boolean {
  return node.kind === 'scalar' && node.isNull === true;
}

/** Since v6 the token lies outside the checkout. */
function isRecent(ref: string): boolean {
  const major = /^v?(\d+)(?:\.\d+)*$/.exec(ref)?.[1];
  return major !== undefined && Number(major) >= 6;
}

const pushing =
  /^(?:stefanzweifel\/git-auto-commit-action|endbug\/add-and-commit|peter-evans\/create-pull-request|ad-m\/github-push-action|peaceiris\/actions-gh-pages|jamesives\/github-pages-deploy-action|release-plz\/action|marcoieni\/release-plz-action|changesets\/action|googleapis\/release-please-action|cycjimmy\/semantic-release-action|mathieudutour\/github-tag-action|benchmark-action\/github-action-benchmark)$/;

function pushes({ steps }: { readonly steps: readonly Step[] }): boolean {
  return steps.some(
    ({ run, uses }) =>
      (uses !== undefined && pushing.test(uses.slug)) ||
      (run !== undefined &&
        /\bgit\b[^\n]*\b(?:push|fetch|pull|submodule|ls-remote)\b|cargo[ -](?:release|smart-release|workspaces)|semantic-release|release-plz|mike deploy|gh-pages/.test(
          run.text,
        )),
  );
}
