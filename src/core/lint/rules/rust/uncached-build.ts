import { cargoCommands, compiles, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { isExperiment } from '../pipeline/gates';
import { rustJob } from './examples';

const caches =
  /rust-cache|^actions\/cache|sccache|setup-rust-toolchain|moonrepo\/setup-rust|cache|blacksmith|namespacelabs|nix/i;

export const uncachedBuild = rule({
  code: 'uncached-build',
  category: 'rust',
  title: 'A job that compiles everything every time',
  severity: 'hint',
  description:
    'The job compiles and keeps nothing for the next run. `Swatinem/rust-cache` behind the toolchain keeps the dependencies. Releases are better built without a cache, so jobs of a release are left alone.',
  bad: [rustJob('- run: cargo test')],
  good: [rustJob('- uses: Swatinem/rust-cache@v2\n- run: cargo test'), rustJob('- run: cargo fmt --check')],
  check: ({ workflow, jobs, text, report }) => {
    const release = workflow?.trigger('release') !== undefined || tagsOnly(workflow?.trigger('push')?.config);
    if (release) return;
    for (const job of jobs) {
      if (/release|publish|deploy/i.test(job.id) || job.environment !== undefined || job.container !== undefined)
        continue;
      if (job.steps.some(({ uses, run }) => caches.test(uses?.text ?? '') || /sccache/i.test(run?.text ?? '')))
        continue;
      // A nightly compiler is another one every day, so that its cache would never be found again.
      if (isExperiment(job)) continue;
      for (const step of job.steps) {
        const command = cargoCommands(step).find(
          (each) => compiles(each) && each.subcommand.text !== 'install' && each.subcommand.text !== 'fix',
        );
        if (command === undefined) continue;
        report(inScript(text, step, command.subcommand), 'The job compiles everything anew: it has no cache.');
        break;
      }
    }
  },
});

function tagsOnly(config: { kind: string } | undefined): boolean {
  const map = config?.kind === 'map' ? (config as unknown as { entry(key: string): unknown }) : undefined;
  return map?.entry('tags') !== undefined && map.entry('branches') === undefined;
}
