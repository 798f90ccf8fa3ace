import { cargoCommands, compiles, flagValues, hasFlag, inScript } from '../../cargo/command';
import { toolchainFile } from '../../cargo/project';
import { toolchainSetups } from '../../cargo/toolchain';
import { rule } from '../../rule';
import { rustJob } from './examples';

/** What the images of GitHub's runners bring. */
const hosts = [
  'x86_64-unknown-linux-gnu',
  'aarch64-unknown-linux-gnu',
  'x86_64-apple-darwin',
  'aarch64-apple-darwin',
  'x86_64-pc-windows-msvc',
  'aarch64-pc-windows-msvc',
];

export const missingTarget = rule({
  code: 'missing-target',
  category: 'rust',
  title: 'A target that is built for and not installed',
  severity: 'warning',
  description:
    'The job compiles for a target whose standard library it never installs (`rustup target add`, or the `targets` input of the action).',
  bad: [rustJob('- uses: dtolnay/rust-toolchain@stable\n- run: cargo build --target wasm32-unknown-unknown')],
  good: [
    rustJob(
      '- uses: dtolnay/rust-toolchain@stable\n  with:\n    targets: wasm32-unknown-unknown\n- run: cargo build --target wasm32-unknown-unknown',
    ),
    rustJob('- run: rustup target add wasm32-unknown-unknown\n- run: cargo build --target wasm32-unknown-unknown'),
  ],
  check: ({ jobs, repository, text, edit, report }) => {
    const file = toolchainFile(repository);
    for (const job of jobs) {
      const setups = toolchainSetups(job, text);
      if (setups.length === 0 || setups.some(({ open }) => open)) continue;
      const installed = new Set([...hosts, ...(file?.targets ?? []), ...setups.flatMap(({ targets }) => targets)]);
      if (job.steps.some((step) => /cross|xwin|zig/i.test(`${step.uses?.slug ?? ''} ${step.run?.text ?? ''}`)))
        continue;
      for (const step of job.steps)
        for (const command of cargoCommands(step)) {
          // Miri builds the standard library itself.
          if (command.subcommand.text === 'miri') continue;
          if (!compiles(command) || hasFlag([...command.args, ...command.globals], '-Z', '-Zbuild-std')) continue;
          if ([...command.args, ...command.globals].some(({ text: word }) => word.startsWith('-Z'))) continue;
          for (const value of flagValues(command.args, '--target')) {
            if (
              value.dynamic ||
              !/^[\w.]+-[\w.-]+$/.test(value.text) ||
              value.text.endsWith('.json') ||
              installed.has(value.text)
            )
              continue;
            const action = setups.find((setup) => setup.step.uses?.slug === 'dtolnay/rust-toolchain');
            const given = action?.step.with?.entry('targets');
            report(inScript(text, step, value.word), `The job does not install the target ${value.text}.`, {
              fixes:
                action === undefined
                  ? []
                  : [
                      edit.fix(
                        `Install ${value.text}`,
                        given?.value.kind === 'scalar'
                          ? edit.setScalar(given.value, `${given.value.text}, ${value.text}`)
                          : edit.addNested(action.step.node, 'with', 'targets', value.text, { after: 'uses' }),
                      ),
                    ],
            });
          }
        }
    }
  },
});
