import { cargoCommands, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from '../rust/examples';

export const denyWithoutLicences = rule({
  code: 'deny-without-licences',
  category: 'pipeline',
  title: 'A cargo-deny gate that leaves licences out',
  severity: 'hint',
  description:
    '`cargo deny check` with a list of checks runs those alone. Without `licenses` nobody notices a dependency whose licence the project may not use.',
  bad: [rustJob('- run: cargo deny check advisories bans')],
  good: [rustJob('- run: cargo deny check advisories bans licenses sources'), rustJob('- run: cargo deny check')],
  check: ({ jobs, text, report }) => {
    const calls = jobs
      .flatMap((job) => job.steps)
      .flatMap((step) =>
        cargoCommands(step).flatMap(({ subcommand, args }) => {
          const at = args.findIndex((word) => word.text === 'check');
          if (subcommand.text !== 'deny' || at < 0) return [];
          return [
            {
              step,
              check: args[at],
              checks: args
                .slice(at + 1)
                .filter((word) => /^(?:advisories|bans|licenses|sources|all)$/.test(word.text) || word.dynamic),
            },
          ];
        }),
      );
    if (
      calls.some(
        ({ checks }) =>
          checks.length === 0 || checks.some((word) => word.dynamic || word.text === 'licenses' || word.text === 'all'),
      )
    )
      return;
    const [first] = calls;
    if (first?.check !== undefined)
      report(inScript(text, first.step, first.check), 'No call of cargo-deny checks licences.');
  },
});
