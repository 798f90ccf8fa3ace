import { rule } from '../../rule';

const call = (secrets: string): string =>
  `name: CI\non: push\npermissions: {}\njobs:\n  release:\n    uses: acme/workflows/.github/workflows/release.yml@${'a'.repeat(40)}\n    secrets:${secrets}\n`;

export const secretsInherit = rule({
  code: 'secrets-inherit',
  category: 'security',
  title: 'A called workflow gets every secret',
  severity: 'warning',
  description:
    '`secrets: inherit` hands all secrets of the repository and the organization to the called workflow, whether it needs them or not. Name the ones it needs.',
  bad: [call(' inherit')],
  good: [call('\n      token: ${{ secrets.RELEASE_TOKEN }}')],
  source: 'zizmor: secrets-inherit',
  check: ({ jobs, repository, edit, report }) => {
    for (const job of jobs) {
      const entry = job.node.entry('secrets');
      if (job.uses === undefined || entry?.value.kind !== 'scalar' || entry.value.text !== 'inherit') continue;
      const called =
        job.uses.kind === 'local' || job.uses.kind === 'self' ? repository?.workflow(job.uses.path) : undefined;
      const config = called?.trigger('workflow_call')?.config;
      const declared = config?.kind === 'map' ? config.map('secrets')?.entries.map(({ key }) => key.text) : undefined;
      const lines = declared?.map((name) => `\n  ${name}: \${{ secrets.${name} }}`).join('');
      report(job.uses.node, 'This workflow gets every secret of the repository: pass the ones that it needs.', {
        related: [{ start: entry.start, end: entry.end, message: 'All secrets are passed here.' }],
        fixes:
          lines === undefined || lines === ''
            ? []
            : [
                edit.fix(
                  'Pass the declared secrets by name',
                  edit.removeEntry(job.node, entry),
                  edit.addEntry(job.node, 'secrets', lines, { after: 'uses' }),
                ),
              ],
      });
    }
  },
});
