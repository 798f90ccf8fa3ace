import { rule } from '../../rule';
import { workflowOf } from '../examples';

const step = (inputs: string): string =>
  workflowOf(
    `- uses: actions/create-github-app-token@v3\n  with:\n    client-id: \${{ vars.APP }}\n    private-key: \${{ secrets.KEY }}${inputs}`,
  );

export const githubApp = rule({
  code: 'github-app',
  category: 'security',
  title: 'The token of a GitHub App can do more than it needs',
  severity: 'warning',
  description:
    'Without `permission-…` inputs, the token has every permission of the App; with `owner` and without `repositories`, it works in every repository of that owner; with `skip-token-revoke`, it outlives the job. Ask for what the job needs.',
  bad: [
    step(''),
    step('\n    owner: acme\n    permission-contents: read'),
    step('\n    permission-contents: read\n    skip-token-revoke: true'),
  ],
  good: [step('\n    permission-contents: read')],
  source: 'zizmor: github-app',
  files: ['workflow', 'action'],
  check: ({ steps, edit, report }) => {
    for (const { uses, with: inputs, node } of steps) {
      if (uses?.slug !== 'actions/create-github-app-token' || uses.path !== '') continue;
      if (inputs === undefined && node.entry('with') !== undefined) continue;
      const names = (inputs?.entries ?? []).map(({ key }) => key.text.toLowerCase());
      const withEntry = node.entry('with');
      const skip = inputs?.entry('skip-token-revoke');
      if (
        inputs !== undefined &&
        skip?.value.kind === 'scalar' &&
        skip.value.text !== 'false' &&
        skip.value.text !== ''
      )
        report({ start: skip.start, end: skip.end }, 'The token stays valid after the job.', {
          fixes: [
            edit.unsafeFix(
              'Remove skip-token-revoke',
              withEntry !== undefined && names.length === 1
                ? edit.removeEntry(node, withEntry)
                : edit.removeEntry(inputs, skip),
            ),
          ],
        });
      const owner = inputs?.entry('owner');
      const forOrganization = names.some((name) => /^permission-(?:organization-|enterprise-|members$)/.test(name));
      if (owner !== undefined && !names.includes('repositories') && !forOrganization)
        report(
          { start: owner.start, end: owner.end },
          'The token works in every repository of this owner: list them in "repositories".',
        );
      if (!names.some((name) => name.startsWith('permission-')))
        report(
          uses.node,
          'The token has every permission of the App: ask for what is needed with permission-… inputs.',
        );
    }
  },
});
