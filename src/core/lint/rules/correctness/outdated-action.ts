import { metadataOf, newestOf } from '../../catalogue/catalogue';
import type { ActionMetadata } from '../../catalogue/catalogue';
import { isRelease } from '../../model/version';
import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const outdatedAction = rule({
  code: 'outdated-action',
  category: 'correctness',
  title: 'An action that no runner can run any more',
  severity: 'error',
  description:
    'This major version was made for a version of Node that GitHub’s runners no longer have, or for runners older than that. Move to a newer major version; look at its release notes, since inputs may have changed.',
  bad: [workflowOf('- uses: actions/checkout@v2'), workflowOf('- uses: actions/checkout@v1')],
  good: [workflowOf('- uses: actions/checkout@v6')],
  links: ['https://github.blog/changelog/2023-09-22-github-actions-transitioning-from-node-16-to-node-20/'],
  source: 'actionlint: action',
  files: ['workflow', 'action'],
  check: ({ steps, edit, report }) => {
    for (const { uses } of steps) {
      const metadata = uses === undefined ? undefined : metadataOf(uses);
      if (uses === undefined || metadata === undefined || !isOutdated(metadata)) continue;
      const newest = newestOf(uses);
      const { tag, sha } = newest ?? {};
      report(
        uses.node,
        metadata.using === 'plugin'
          ? `${metadata.name}@${metadata.ref} is of 2019, when it was a part of the runner; GitHub does not maintain it any more.`
          : `${metadata.name}@${metadata.ref} was made for ${metadata.using ?? 'a version of Node'}, which runners do not have any more.`,
        {
          tags: ['deprecated'],
          // Who names one release has chosen it; runners run it on a newer Node, mostly well.
          severity: isRelease(uses.ref) ? 'info' : undefined,
          fixes:
            newest === undefined || isOutdated(newest) || tag === undefined || sha === undefined
              ? []
              : uses.pinned
                ? [
                    edit.unsafeFix(
                      `Change to ${tag}`,
                      edit.replace(uses.refRange, sha),
                      edit.commentBehind(uses.node, tag),
                    ),
                  ]
                : [edit.unsafeFix(`Change to ${newest.ref}`, edit.replace(uses.refRange, newest.ref))],
        },
      );
    }
  },
});

function isOutdated({ outdated, using }: ActionMetadata): boolean {
  return outdated || using === 'node12' || using === 'node16' || using === 'plugin';
}
