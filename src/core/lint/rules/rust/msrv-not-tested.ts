import { cargoCommands } from '../../cargo/command';
import { cargoProject } from '../../cargo/project';
import { sameChannel, toolchainSetups, toolchainVariable } from '../../cargo/toolchain';
import { rule } from '../../rule';
import { cargoPackage, rustJob } from './examples';

const installing = (version: string): string =>
  rustJob(`- uses: dtolnay/rust-toolchain@master\n  with:\n    toolchain: '${version}'\n- run: cargo check`, {
    id: 'msrv',
  });

export const msrvNotTested = rule({
  code: 'msrv-not-tested',
  category: 'rust',
  title: 'A job for the minimum Rust version that tests another one',
  severity: 'warning',
  description:
    'The job says that it checks the minimum supported Rust version, but the version it uses is not the `rust-version` of any Cargo.toml. One of the two was raised and the other forgotten.',
  bad: [{ text: installing('1.70'), files: cargoPackage }],
  good: [{ text: installing('1.80.0'), files: cargoPackage }],
  check: ({ jobs, workflow, repository, text, edit, report }) => {
    const candidates = jobs.filter((job) => /msrv|minimum|min-rust/i.test(`${job.id} ${job.name?.text ?? ''}`));
    if (candidates.length === 0) return;
    const versions = cargoProject(repository)?.rustVersions ?? [];
    if (versions.length === 0) return;
    for (const job of candidates) {
      const used = toolchainSetups(job, text)
        .filter(({ effect }) => effect !== 'add')
        .flatMap(({ channels, range }) =>
          channels.map((channel) => ({ text: channel.text, range: channel.node ?? range, node: channel.node })),
        );
      for (const step of job.steps) {
        const variable = toolchainVariable(step, workflow);
        if (variable !== undefined) used.push({ text: variable.text, range: variable, node: variable });
        for (const { toolchain } of cargoCommands(step))
          if (toolchain !== undefined && !toolchain.dynamic)
            used.push({ text: toolchain.text.replace(/^\+/, ''), range: step.run ?? step.node, node: undefined });
      }
      // The version may come from a variable that only a run knows.
      if (used.some(({ text: channel }) => channel.includes('$')) || used.length === 0) continue;
      const numbered = used.filter(({ text: channel }) => /^\d+\.\d+/.test(channel));
      if (
        numbered.length === 0 ||
        numbered.some(({ text: channel }) => versions.some((version) => sameChannel(version, channel)))
      )
        continue;
      const [first] = numbered;
      const [version] = versions;
      if (first === undefined || version === undefined) continue;
      report(
        first.range,
        `Cargo.toml says rust-version = "${versions.join('", "')}", but this job tests ${first.text}.`,
        {
          fixes:
            first.node === undefined || versions.length > 1
              ? []
              : [edit.unsafeFix(`Test ${version}`, edit.replace(first.node, `'${version}'`))],
        },
      );
    }
  },
});
