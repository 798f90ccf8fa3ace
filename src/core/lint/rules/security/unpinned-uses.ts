import { rule } from '../../rule';
import type { Uses } from '../../model/uses';
import type { MapNode } from '../../yaml/node';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';
import { matchUses } from './pattern';
import { pinFix } from './pin';

const sha = '6323deb102c322ba6fcbdcafc7e3dddab59af2b6';

export const unpinnedUses = rule({
  code: 'unpinned-uses',
  category: 'security',
  title: 'An action that can change without notice',
  severity: 'warning',
  description:
    'A tag or branch can be moved to other code, and was, for tj-actions/changed-files in 2025 and the Trivy actions in 2026: every workflow that used them ran the attack. A commit SHA cannot. Keep the version in a comment, so that Dependabot and people can read it. `unpinned-uses` in `zizmor.yml` can allow tags for some owners.',
  bad: [
    workflowOf('- uses: Swatinem/rust-cache@v2'),
    workflowOf('- uses: taiki-e/install-action@v2 # tools\n  with:\n    tool: cargo-deny'),
  ],
  good: [
    workflowOf(`- uses: Swatinem/rust-cache@${sha} # v2.9.2`),
    {
      text: workflowOf('- uses: Swatinem/rust-cache@v2'),
      files: { '.github/zizmor.yml': "rules:\n  unpinned-uses:\n    config:\n      policies:\n        '*': ref-pin\n" },
    },
  ],
  source: 'zizmor: unpinned-uses',
  files: ['workflow', 'action'],
  check: (context) => {
    const policies = context.config.zizmor.config('unpinned-uses')?.map('policies');
    for (const { uses } of allUses(context)) {
      const named = uses.kind === 'action' || (uses.kind === 'expression' && /^[\w.-]+\/[\w./-]+@/.test(uses.text));
      if (!named || uses.pinned) continue;
      const policy = policyOf(uses, policies);
      if (policy === 'any' || policy === 'ref-pin') continue;
      const fix = pinFix(context.edit, uses, context.text);
      const name = uses.kind === 'action' ? `${uses.owner}/${uses.repo}` : uses.text;
      context.report(uses.node, `${name} can change without notice: pin it to a commit.`, {
        fixes: fix === undefined ? [] : [fix],
        // The ref is the toolchain, and its author advises against pinning it.
        ...(uses.slug === 'dtolnay/rust-toolchain' ? { severity: 'hint' as const } : {}),
      });
    }
  },
});

function policyOf(uses: Uses, policies: MapNode | undefined): string {
  let best = 0;
  let policy = 'hash-pin';
  for (const { key, value } of policies?.entries ?? []) {
    const exactness = matchUses(key.text, uses) ?? 0;
    if (exactness > best && value.kind === 'scalar') [best, policy] = [exactness, value.text];
  }
  return policy;
}
