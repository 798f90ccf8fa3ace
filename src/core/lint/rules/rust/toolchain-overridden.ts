import { cargoCommands } from '../../cargo/command';
import { toolchainFile } from '../../cargo/project';
import { sameChannel, toolchainSetups, toolchainVariable } from '../../cargo/toolchain';
import { rule } from '../../rule';
import { rustJob } from './examples';

const pinned = { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.94"\n' };

export const toolchainOverridden = rule({
  code: 'toolchain-overridden',
  category: 'rust',
  title: 'A toolchain that the toolchain file overrides',
  severity: 'warning',
  description:
    'The job installs a toolchain, but `rust-toolchain.toml` names another one, and the file counts for more than what is installed or the default. So cargo downloads the toolchain of the file and uses that. rustup’s order is: `cargo +toolchain`, `RUSTUP_TOOLCHAIN`, `rustup override`, the file, the default.',
  bad: [{ text: rustJob('- uses: dtolnay/rust-toolchain@stable\n- run: cargo test'), files: pinned }],
  good: [
    { text: rustJob('- run: rustup toolchain install nightly\n- run: cargo +nightly test'), files: pinned },
    {
      text: rustJob('- uses: dtolnay/rust-toolchain@stable\n- run: cargo test', {
        job: 'env:\n  RUSTUP_TOOLCHAIN: stable',
      }),
      files: pinned,
    },
    { text: rustJob('- run: rustup override set stable\n- run: cargo test'), files: pinned },
  ],
  links: ['https://rust-lang.github.io/rustup/overrides.html'],
  check: ({ jobs, workflow, repository, text, edit, report }) => {
    const file = toolchainFile(repository);
    if (file?.channel === undefined) return;
    const { channel: wanted, path } = file;
    for (const job of jobs) {
      const setups = toolchainSetups(job, text);
      if (setups.some(({ effect }) => effect === 'override')) continue;
      if (job.steps.some(({ run }) => run?.text.includes('RUSTUP_TOOLCHAIN') === true || removesFile(run?.text, path)))
        continue;
      const words = job.steps.flatMap(({ run }) => run?.text.split(/[\s"'=]+/) ?? []);
      const seen = new Set<string>();
      for (const setup of setups) {
        if (setup.effect === 'add') continue;
        const others = setup.channels.filter(
          ({ text: channel }) => !sameChannel(channel, wanted) && !isNamed(channel, words),
        );
        const [channel] = others;
        if (channel === undefined) continue;
        const later = job.steps.slice(setup.step.index + (setup.step.run === undefined ? 1 : 0));
        const affected = later
          .filter((step) => step.workingDirectory === undefined && job.defaults.workingDirectory === undefined)
          .filter((step) => toolchainVariable(step, workflow) === undefined)
          .flatMap(cargoCommands)
          .find(({ toolchain, subcommand }) => toolchain === undefined && subcommand.text !== 'install');
        const identity = `${setup.step.index} ${channel.text}`;
        if (affected === undefined || seen.has(identity)) continue;
        seen.add(identity);
        const value = setup.channels.length === 1 ? channel.text : '${{ matrix.toolchain }}';
        report(
          setup.range,
          `${path} says ${wanted}, which counts for more: the job uses that and not ${channel.text}.`,
          {
            fixes:
              setup.channels.length === 1
                ? [
                    edit.unsafeFix(
                      `Set RUSTUP_TOOLCHAIN to ${value} for the job`,
                      edit.addNested(job.node, 'env', 'RUSTUP_TOOLCHAIN', /^\d/.test(value) ? `'${value}'` : value, {
                        before: 'steps',
                      }),
                    ),
                  ]
                : [],
          },
        );
      }
    }
  },
});

/** A command asks for the toolchain by name, which counts for more than the file. */
function isNamed(channel: string, words: readonly string[]): boolean {
  return words.some(
    (word, index) => word === `+${channel}` || (word === channel && words[index - 1] === '--toolchain'),
  );
}

function removesFile(script: string | undefined, path: string): boolean {
  return (
    script !== undefined &&
    /\brm\b|\bmv\b|\bDel\b|Remove-Item/i.test(script) &&
    script.includes(path.replace('.toml', ''))
  );
}
