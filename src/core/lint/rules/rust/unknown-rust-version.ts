import { cargoCommands, inScript } from '../../cargo/command';
import { toolchainSetups } from '../../cargo/toolchain';
import { closest } from '../../suggest';
import { rule } from '../../rule';
import { rustJob } from './examples';

/** Rust 1.85 came out on 20 February 2025, and every six weeks another one. Source: Rust's release train. */
const known = { minor: 85, date: Date.UTC(2025, 1, 20), every: 42 * 24 * 3600 * 1000 };

/** The minor version of the newest stable Rust on a day, in milliseconds since 1970. */
export function newestMinor(day: number): number {
  return known.minor + Math.max(0, Math.floor((day - known.date) / known.every));
}

export const unknownRustVersion = rule({
  code: 'unknown-rust-version',
  category: 'rust',
  title: 'A version of Rust that does not exist',
  severity: 'error',
  description:
    'No toolchain of this name has been released. It is often the work of a bot that takes the refs of `dtolnay/rust-toolchain` for releases of an action (`1.120.0`), or a typing error.',
  bad: [
    rustJob('- uses: dtolnay/rust-toolchain@1.920.0\n- run: cargo test'),
    rustJob('- run: rustup toolchain install nighly'),
  ],
  good: [rustJob('- uses: dtolnay/rust-toolchain@1.85.0\n- run: cargo test'), rustJob('- run: cargo +nightly test')],
  links: ['https://releases.rs'],
  check: ({ jobs, steps, text, edit, report }) => {
    // A beta is one ahead; one more for a release that comes a day early.
    const newest = newestMinor(Date.now()) + 1;
    const judge = (channel: string): string | undefined => {
      const minor = /^1\.(\d+)(?:\.\d+)?(?:$|-)/.exec(channel)?.[1];
      if (minor !== undefined) return Number(minor) > newest ? `There is no Rust ${channel} yet.` : undefined;
      if (/^\d/.test(channel) && !/^1(?:\.|$)/.test(channel)) return `There is no Rust ${channel}.`;
      if (/^(?:stable|beta|nightly)(?:$|-|\s)/.test(channel) || channel.length > 12) return undefined;
      const meant = closest(channel, ['stable', 'beta', 'nightly']);
      return meant === undefined ? undefined : `There is no toolchain "${channel}"; is "${meant}" meant?`;
    };
    for (const job of jobs)
      for (const setup of toolchainSetups(job, text)) {
        if (setup.effect === 'add') continue;
        for (const channel of setup.channels) {
          if (channel.text === '' || channel.text.includes('$')) continue;
          const message = judge(channel.text);
          if (message === undefined) continue;
          const meant = closest(channel.text, ['stable', 'beta', 'nightly']);
          const range = channel.node ?? setup.range;
          report(range, message, {
            fixes:
              meant === undefined || channel.node === undefined
                ? []
                : [edit.fix(`Change to ${meant}`, edit.setScalar(channel.node, meant))],
          });
        }
      }
    for (const step of steps)
      for (const { toolchain } of cargoCommands(step)) {
        const channel = toolchain?.text.replace(/^\+/, '') ?? '';
        const message = toolchain === undefined || toolchain.dynamic ? undefined : judge(channel);
        if (message !== undefined && toolchain !== undefined) report(inScript(text, step, toolchain), message);
      }
  },
});
