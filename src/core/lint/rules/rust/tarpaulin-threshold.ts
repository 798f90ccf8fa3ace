import { parse } from 'smol-toml';
import { cargoCommands, flagValues, hasFlag, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from './examples';

export const tarpaulinThreshold = rule({
  code: 'tarpaulin-threshold',
  category: 'rust',
  title: 'A coverage threshold that tarpaulin.toml lowers',
  severity: 'warning',
  description:
    'Where both the command and `tarpaulin.toml` have `fail-under`, cargo-tarpaulin takes the lower one, so the gate passes below what the workflow says.',
  bad: [
    {
      text: rustJob('- run: cargo tarpaulin --engine llvm --fail-under 80'),
      files: { 'tarpaulin.toml': '[main]\nfail-under = 50\n' },
    },
  ],
  good: [
    {
      text: rustJob('- run: cargo tarpaulin --engine llvm --fail-under 80'),
      files: { 'tarpaulin.toml': '[main]\nfail-under = 80\n' },
    },
  ],
  files: ['workflow', 'action'],
  check: ({ steps, repository, text, report }) => {
    if (repository === undefined) return;
    for (const step of steps)
      for (const { subcommand, args } of cargoCommands(step)) {
        if (subcommand.text !== 'tarpaulin' || hasFlag(args, '--ignore-config')) continue;
        const [value] = flagValues(args, '--fail-under');
        if (value === undefined || value.dynamic) continue;
        for (const path of ['tarpaulin.toml', '.tarpaulin.toml']) {
          const lowest = repository.derive(path, 'fail-under', lowestThreshold);
          if (lowest !== undefined && lowest < Number(value.text))
            report(inScript(text, step, value.word), `${path} has fail-under = ${lowest}, and the lower one counts.`);
        }
      }
  },
});

function lowestThreshold(content: string): number {
  try {
    const values = Object.values(parse(content)).flatMap((table) => {
      const value =
        typeof table === 'object' && !Array.isArray(table)
          ? (table as Record<string, unknown>)['fail-under']
          : undefined;
      return typeof value === 'number' || typeof value === 'bigint' ? [Number(value)] : [];
    });
    return Math.min(...values);
  } catch {
    return Infinity;
  }
}
