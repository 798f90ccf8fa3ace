import { rule } from '../../rule';
import type { Entry } from '../../yaml/node';
import { workflowOf } from '../examples';

export const undocumentedPermissions = rule({
  code: 'undocumented-permissions',
  category: 'security',
  title: 'A permission without a reason',
  severity: 'off',
  description:
    'A comment behind a permission says what needs it, so that a reader can tell later whether it may go. `contents: read` explains itself.',
  bad: [workflowOf('- run: cargo publish', { permissions: '\n  id-token: write' })],
  good: [workflowOf('- run: cargo publish', { permissions: '\n  id-token: write # trusted publishing' })],
  source: 'zizmor: undocumented-permissions (pedantic)',
  check: ({ workflow, jobs, commentBehind, report }) => {
    const blocks: (Entry | undefined)[] = [workflow?.permissions, ...jobs.map(({ permissions }) => permissions)];
    for (const block of blocks) {
      if (block?.value.kind !== 'map') continue;
      for (const { key, value, start, end } of block.value.entries) {
        if (value.kind !== 'scalar' || (key.text === 'contents' && value.text === 'read')) continue;
        // One behind a list in braces is about all of it.
        const comment = commentBehind(block.value.flow ? block.value : value) ?? '';
        if (comment === '') report({ start, end }, `Say in a comment what needs "${key.text}: ${value.text}".`);
      }
    }
  },
});
