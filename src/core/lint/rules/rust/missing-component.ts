import { cargoCommands, inScript } from '../../cargo/command';
import type { CargoCommand } from '../../cargo/command';
import { toolchainFile } from '../../cargo/project';
import { sameChannel, toolchainSetups, toolchainVariable } from '../../cargo/toolchain';
import type { ToolchainSetup } from '../../cargo/toolchain';
import { rule } from '../../rule';
import { rustJob } from './examples';

const components: Readonly<Record<string, string>> = {
  clippy: 'clippy',
  fmt: 'rustfmt',
  miri: 'miri',
};

export const missingComponent = rule({
  code: 'missing-component',
  category: 'rust',
  title: 'A component that is used and not installed',
  severity: 'warning',
  description:
    'Toolchains are installed with the minimal profile, which has neither clippy nor rustfmt nor Miri. The stable toolchain of GitHub’s own images happens to have the first two; nightly and versions by number have none.',
  bad: [rustJob('- uses: dtolnay/rust-toolchain@nightly\n- run: cargo clippy')],
  good: [
    rustJob('- uses: dtolnay/rust-toolchain@nightly\n  with:\n    components: clippy\n- run: cargo clippy'),
    rustJob('- run: rustup toolchain install nightly --component miri\n- run: cargo +nightly miri test'),
  ],
  check: ({ jobs, workflow, repository, text, edit, report }) => {
    const file = toolchainFile(repository);
    for (const job of jobs) {
      const setups = toolchainSetups(job, text);
      if (setups.length === 0 || setups.some(({ open }) => open)) continue;
      for (const step of job.steps)
        for (const command of cargoCommands(step)) {
          const component = components[command.subcommand.text];
          if (component === undefined) continue;
          const before = setups.filter((setup) => setup.step.index <= step.index);
          const variable = toolchainVariable(step, workflow)?.text;
          const setup = setupOf(command, before, variable);
          if (setup?.channels.length !== 1) continue;
          // Under another condition it may not have run.
          if (setup.step.if !== undefined && setup.step.if.text !== step.if?.text) continue;
          const channel = setup.channels[0]?.text ?? '';
          if (channel.includes('$')) continue;
          if (
            command.toolchain === undefined &&
            variable === undefined &&
            setup.effect !== 'override' &&
            file?.channel !== undefined
          )
            continue;
          const added = before
            .filter(
              (other) =>
                other === setup ||
                other.effect === 'add' ||
                other.channels.some((each) => sameChannel(each.text, channel)),
            )
            .flatMap((other) => other.components.map((name) => name.replace(/-preview$/, '')));
          if (added.includes(component)) continue;
          const stable = channel.startsWith('stable');
          const withNode = setup.step.with;
          const given = withNode?.entry('components');
          report(inScript(text, step, command.subcommand), `"${component}" is not installed for ${channel}.`, {
            severity: stable && component !== 'miri' ? 'off' : undefined,
            related: [{ start: setup.range.start, end: setup.range.end, message: 'The toolchain' }],
            fixes:
              setup.step.uses?.slug !== 'dtolnay/rust-toolchain'
                ? []
                : [
                    edit.fix(
                      `Install ${component}`,
                      given?.value.kind === 'scalar'
                        ? edit.setScalar(given.value, `${given.value.text}, ${component}`)
                        : edit.addNested(setup.step.node, 'with', 'components', component, { after: 'uses' }),
                    ),
                  ],
          });
        }
    }
  },
});

/** What set up the toolchain that a command uses. */
function setupOf(
  command: CargoCommand,
  before: readonly ToolchainSetup[],
  variable: string | undefined,
): ToolchainSetup | undefined {
  const name =
    command.toolchain === undefined
      ? variable
      : command.toolchain.dynamic
        ? '$'
        : command.toolchain.text.replace(/^\+/, '');
  const candidates = before.filter(({ effect }) => effect !== 'add');
  if (name === undefined) {
    const override = candidates.findLast(({ effect }) => effect === 'override');
    return override ?? candidates.findLast(({ effect }) => effect === 'default');
  }
  return candidates.findLast(({ channels }) => channels.some((channel) => sameChannel(channel.text, name)));
}
