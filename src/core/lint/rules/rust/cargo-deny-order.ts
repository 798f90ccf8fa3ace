import { cargoCommands, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from './examples';

/** Flags of cargo-deny itself, and whether they take a value. Since 0.20 they stand before the subcommand only. */
const flags = new Map([
  ['--config', true],
  ['--manifest-path', true],
  ['--all-features', false],
  ['--no-default-features', false],
  ['--features', true],
  ['--workspace', false],
  ['--exclude', true],
  ['--target', true],
  ['-t', true],
  ['--locked', false],
  ['--offline', false],
  ['--frozen', false],
  ['--format', true],
  ['-f', true],
  ['--log-level', true],
  ['-L', true],
]);
const subcommands = new Set(['check', 'list', 'fetch', 'init']);

export const cargoDenyOrder = rule({
  code: 'cargo-deny-order',
  category: 'rust',
  title: 'A flag of cargo-deny behind its subcommand',
  severity: 'warning',
  description:
    'Since 0.20 cargo-deny refuses its general flags behind the subcommand: `cargo deny --all-features check`, not `cargo deny check --all-features`.',
  bad: [rustJob('- run: cargo deny check --config deny.toml licenses')],
  good: [rustJob('- run: cargo deny --config deny.toml check licenses')],
  links: ['https://github.com/EmbarkStudios/cargo-deny/blob/main/CHANGELOG.md'],
  files: ['workflow', 'action'],
  check: ({ steps, text, edit, report }) => {
    for (const step of steps)
      for (const { subcommand, args } of cargoCommands(step)) {
        if (subcommand.text !== 'deny') continue;
        const verb = args.findIndex((word) => subcommands.has(word.text));
        const command = args[verb];
        if (command === undefined) continue;
        for (let at = verb + 1; at < args.length; at++) {
          const word = args[at];
          const takesValue = word === undefined ? undefined : flags.get(word.text.replace(/=.*$/, ''));
          if (word === undefined || takesValue === undefined) continue;
          const value = takesValue && !word.text.includes('=') ? args[at + 1] : undefined;
          const range = inScript(text, step, { start: word.start, end: value?.end ?? word.end });
          const before = inScript(text, step, { start: args[at - 1]?.end ?? word.start, end: word.start });
          const target = inScript(text, step, command);
          report(
            inScript(text, step, word),
            `cargo-deny takes ${word.text.replace(/=.*$/, '')} only before "${command.text}".`,
            {
              fixes: [
                edit.fix(
                  `Move it before ${command.text}`,
                  edit.insert(target.start, `${text.slice(range.start, range.end)} `),
                  edit.replace({ start: before.start, end: range.end }, ''),
                ),
              ],
            },
          );
        }
      }
  },
});
