import { toolchainFile } from '../../cargo/project';
import { toolchainSetups } from '../../cargo/toolchain';
import { rule } from '../../rule';
import { rustJob } from './examples';

export const cacheBeforeToolchain = rule({
  code: 'cache-before-toolchain',
  category: 'rust',
  title: 'A cache that is restored before the toolchain is chosen',
  severity: 'warning',
  description:
    '`Swatinem/rust-cache` makes the version of rustc part of its key. Where it runs before the toolchain is set up it sees the runner’s own rustc: caches of different toolchains meet, and a new runner image throws them all away.',
  bad: [rustJob('- uses: Swatinem/rust-cache@v2\n- uses: dtolnay/rust-toolchain@nightly\n- run: cargo test')],
  good: [rustJob('- uses: dtolnay/rust-toolchain@nightly\n- uses: Swatinem/rust-cache@v2\n- run: cargo test')],
  links: ['https://github.com/Swatinem/rust-cache#example-usage'],
  check: ({ jobs, repository, text, edit, report }) => {
    for (const job of jobs) {
      const caches = job.steps.filter((step) => step.uses?.slug === 'swatinem/rust-cache');
      if (caches.length === 0) continue;
      const setups = toolchainSetups(job, text).filter(({ effect }) => effect !== 'add');
      // With a toolchain file rustc is the right one from the start.
      if (!setups.some(({ effect }) => effect === 'override') && toolchainFile(repository)?.channel !== undefined)
        continue;
      for (const cache of caches) {
        if (cache.uses === undefined || setups.some(({ step }) => step.index < cache.index)) continue;
        const setup = setups.find(({ step }) => step.index > cache.index);
        if (setup === undefined) continue;
        const steps = job.node.seq('steps');
        report(cache.uses.node, 'The toolchain is set up after this: the cache’s key has the wrong rustc.', {
          related: [{ start: setup.range.start, end: setup.range.end, message: 'The toolchain' }],
          fixes: steps === undefined || steps.flow ? [] : [move()],
        });

        function move(): ReturnType<typeof edit.fix> {
          if (steps === undefined) return edit.fix('');
          const from = edit.removeItem(steps, cache.node);
          const behind = edit.removeItem(steps, setup?.step.node ?? cache.node);
          const lines = text.slice(from.start, from.end);
          const missing = behind.end === text.length && !text.endsWith('\n') ? edit.lineBreak : '';
          return edit.fix('Move it behind the toolchain', from, edit.insert(behind.end, missing + lines));
        }
      }
    }
  },
});
