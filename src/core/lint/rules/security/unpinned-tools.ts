import { rule } from '../../rule';
import { metadataOf } from '../../catalogue/catalogue';
import { workflowOf } from '../examples';

/** The input that chooses the version of the tool, and the values that leave it open. */
const tools: Readonly<Record<string, { readonly input: string; readonly open: readonly string[] }>> = {
  'aquasecurity/setup-trivy': { input: 'version', open: ['latest'] },
  '1password/load-secrets-action': { input: 'version', open: ['latest', 'latest-beta'] },
};

export const unpinnedTools = rule({
  code: 'unpinned-tools',
  category: 'security',
  title: 'An action installs whatever version of a tool is newest',
  severity: 'warning',
  description:
    'Pinning the action pins its own code only. The tool that it downloads is a different one after the next release, good or bad. Name the version.',
  bad: [
    workflowOf('- uses: aquasecurity/setup-trivy@v0.2.6'),
    workflowOf('- uses: aquasecurity/setup-trivy@v0.2.6\n  with:\n    version: latest'),
  ],
  good: [workflowOf('- uses: aquasecurity/setup-trivy@v0.2.6\n  with:\n    version: v0.65.0')],
  source: 'zizmor: unpinned-tools',
  files: ['workflow', 'action'],
  check: ({ steps, report }) => {
    for (const { uses, with: inputs, node } of steps) {
      const tool = uses?.kind === 'action' && uses.path === '' ? tools[uses.slug] : undefined;
      if (uses === undefined || tool === undefined) continue;
      if (inputs === undefined && node.entry('with') !== undefined && node.get('with')?.kind !== 'map') continue;
      const entry = inputs?.entry(tool.input);
      const value = entry?.value.kind === 'scalar' ? entry.value.text : undefined;
      const name = metadataOf(uses)?.name ?? `${uses.owner}/${uses.repo}`;
      if (entry === undefined) report(uses.node, `${name} installs the newest version: set ${tool.input}.`);
      else if (value !== undefined && (tool.open.includes(value) || value.includes('${{')))
        report({ start: entry.start, end: entry.end }, `"${value}" may be any version: name one.`);
    }
  },
});
