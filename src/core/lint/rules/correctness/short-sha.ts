import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const shortSha = rule({
  code: 'short-sha',
  category: 'correctness',
  title: 'A shortened commit',
  severity: 'warning',
  description: 'GitHub accepts full commit SHAs only. A shortened one is looked up as a branch or tag and not found.',
  bad: [workflowOf('- uses: actions/checkout@3d3c42e')],
  good: [workflowOf('- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1')],
  source: 'GitHub: short-sha-ref',
  files: ['workflow', 'action'],
  check: ({ jobs, steps, report }) => {
    for (const { uses } of [...jobs, ...steps])
      if (uses?.kind === 'action' && /^[\da-f]{7,39}$/.test(uses.ref) && /\d/.test(uses.ref) && /[a-f]/.test(uses.ref))
        report(
          uses.refRange,
          `"${uses.ref}" looks like a shortened commit, which GitHub does not look up. Write all 40 digits.`,
        );
  },
});
