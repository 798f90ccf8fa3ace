import { rule } from '../../rule';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';

/** What does the same without the action, and whether that is worth saying by default. */
const replacements: Readonly<Record<string, readonly [instead: string, regular: boolean]>> = {
  'softprops/action-gh-release': ['gh release create', true],
  'ncipollo/release-action': ['gh release create', true],
  'elgohr/github-release-action': ['gh release create', true],
  'svenstaro/upload-release-action': ['gh release create and gh release upload', true],
  'dacbd/create-issue-action': ['gh issue create', true],
  'actions-ecosystem/action-add-labels': ['gh issue edit --add-label', true],
  'actions-ecosystem/action-remove-labels': ['gh issue edit --remove-label', true],
  'addnab/docker-run-action': ['docker run', true],
  'sergeysova/jq-action': ['jq', true],
  'dtolnay/rust-toolchain': ['rustup toolchain install', false],
  'peter-evans/create-pull-request': ['gh pr create', false],
  'peter-evans/create-or-update-comment': ['gh pr comment or gh issue comment', false],
  'stefanzweifel/git-auto-commit-action': ['git commit and git push', false],
  'endbug/add-and-commit': ['git commit and git push', false],
};

export const superfluousActions = rule({
  code: 'superfluous-actions',
  category: 'security',
  title: 'The runner can do this without an action',
  severity: 'hint',
  description:
    'Every action is code of somebody else that runs with your token. What a program on the runner does in a line needs none. Well-kept actions that do more than one line, dtolnay/rust-toolchain among them, are named only when all rules are on.',
  bad: [workflowOf('- uses: softprops/action-gh-release@v3')],
  good: [workflowOf('- run: gh release create "$GITHUB_REF_NAME"')],
  source: 'zizmor: superfluous-actions',
  files: ['workflow', 'action'],
  check: (context) => {
    for (const { uses, step } of allUses(context)) {
      const known = step === undefined || uses.path !== '' ? undefined : replacements[uses.slug];
      if (known === undefined) continue;
      const [instead, regular] = known;
      context.report(
        uses.node,
        `The runner does this without an action: ${instead}.`,
        regular ? {} : { severity: 'off' },
      );
    }
  },
});
