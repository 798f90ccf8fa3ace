import { rule } from '../../rule';

const file = (update: string): { path: string; text: string } => ({
  path: '.github/dependabot.yml',
  text: `version: 2\nupdates:\n  - package-ecosystem: cargo\n    directory: /\n    schedule:\n      interval: weekly\n${update}`,
});

export const dependabotCooldown = rule({
  code: 'dependabot-cooldown',
  category: 'security',
  title: 'Dependabot proposes releases in their first week',
  severity: 'info',
  description:
    'Most attacks through packages are found within days. With `cooldown`, Dependabot waits before it proposes a new release; security updates are not delayed. Seven days are enough (`dependabot-cooldown` in `zizmor.yml` can ask for another number).',
  bad: [file(''), file('    cooldown:\n      default-days: 2\n'), file('    cooldown:\n      semver-major-days: 30\n')],
  good: [file('    cooldown:\n      default-days: 7\n')],
  source: 'zizmor: dependabot-cooldown',
  files: ['dependabot'],
  check: ({ dependabot, config, edit, report }) => {
    const wanted = Number(config.zizmor.config('dependabot-cooldown')?.scalar('days')?.value ?? 7);
    for (const { node, ecosystem } of dependabot?.updates ?? []) {
      const name = node.entry('package-ecosystem');
      const entry = node.entry('cooldown');
      if (name === undefined || ecosystem === undefined) continue;
      const title = `Wait ${wanted} days`;
      const days = `${wanted}`;
      if (entry?.value.kind !== 'map') {
        if (entry !== undefined && !(entry.value.kind === 'scalar' && entry.value.isNull)) continue;
        report({ start: name.start, end: name.end }, 'New releases are proposed at once: set a cooldown.', {
          fixes: [edit.fix(title, edit.addNested(node, 'cooldown', 'default-days', days, { after: 'schedule' }))],
        });
        continue;
      }
      const set = entry.value.entry('default-days');
      if (set === undefined)
        report({ start: entry.start, end: entry.end }, 'Without default-days, most releases are proposed at once.', {
          fixes: [edit.fix(title, edit.addEntry(entry.value, 'default-days', days))],
        });
      else if (set.value.kind === 'scalar' && typeof set.value.value === 'number' && set.value.value < wanted)
        report(
          { start: set.start, end: set.end },
          `${set.value.value} days are few: most attacks are found within ${wanted}.`,
          {
            fixes: [edit.fix(title, edit.setValue(set, days))],
          },
        );
    }
  },
});
