import { rule } from '../../rule';

const file = (value: string): { path: string; text: string } => ({
  path: '.github/dependabot.yml',
  text: `version: 2\nupdates:\n  - package-ecosystem: bundler\n    directory: /\n    insecure-external-code-execution: ${value}\n    schedule:\n      interval: weekly\n    cooldown:\n      default-days: 7\n`,
});

export const dependabotExecution = rule({
  code: 'dependabot-execution',
  category: 'security',
  title: 'Dependabot may run the code of packages',
  severity: 'warning',
  description:
    'With `insecure-external-code-execution: allow`, a package runs its code while Dependabot looks for updates, with the credentials of your registries at hand. Take it away; few package managers need it.',
  bad: [file('allow')],
  good: [file('deny')],
  source: 'zizmor: dependabot-execution',
  files: ['dependabot'],
  check: ({ dependabot, edit, report }) => {
    for (const { node } of dependabot?.updates ?? []) {
      const entry = node.entry('insecure-external-code-execution');
      if (entry?.value.kind === 'scalar' && entry.value.text === 'allow')
        report({ start: entry.start, end: entry.end }, 'Packages may run code while Dependabot looks for updates.', {
          fixes: [edit.fix('Set it to deny', edit.setValue(entry, 'deny'))],
        });
    }
  },
});
