import { sha256 } from '../state/artifact.js';
import type { Commit } from '../state/git.js';
import type { JobPlan } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import type { Run } from '../state/run.js';
import { gate, reportOf } from './report.js';
import { checkout, shell, upload } from './steps.js';
import { detect } from './test-workflow.js';

const targets = [
  ['x86_64-unknown-linux-gnu', 'ubuntu-24.04'],
  ['aarch64-unknown-linux-gnu', 'ubuntu-24.04-arm'],
  ['x86_64-apple-darwin', 'macos-15-intel'],
  ['aarch64-apple-darwin', 'macos-15'],
  ['x86_64-pc-windows-msvc', 'windows-2025'],
] as const;

/** The jobs of release.yml: a tag goes to production, a release branch to staging. */
export function releaseJobs(repository: RepositoryState, commit: Commit, ref: string): JobPlan[] {
  const production = repository.git.tags.has(ref);
  const tag = production ? ref : `v${ref.replace('release-', '')}.0-rc.3`;
  const steps = (name: string, command: string, output: string, duration: '3s' | '50s') => [
    checkout(repository.fullName, commit.sha),
    shell(name, command, output, duration),
  ];
  const publish = (environment: 'staging' | 'production'): JobPlan => ({
    name: `publish-${environment}`,
    needs: ['plan', ...targets.map(([target]) => `build (${target})`)],
    ...((environment === 'production') === production ? { environment } : { conclusion: 'skipped' }),
    steps: [
      ...steps('Draft the release', 'bash .github/rust-ci/release.sh draft', `Drafted ${tag}.`, '3s'),
      shell('Publish the release', 'bash .github/rust-ci/release.sh publish', `Published ${tag}.`, '3s'),
    ],
    duration: '25s',
    effect: () => {
      const { now } = repository.world.clock;
      const before = repository.deliveries.releases.findIndex((release) => release.tag === tag);
      if (before >= 0) repository.deliveries.releases.splice(before, 1);
      const notes = repository.git
        .history(commit.sha)
        .slice(0, 5)
        .map(({ message }) => `- ${message}`);
      const body = `## What changed\n\n${notes.join('\n')}\n`;
      if (!production) repository.tag(tag, commit.sha);
      const newest = repository.deliveries.release({
        tag,
        at: now,
        prerelease: !production,
        assets: assets(tag),
        body,
        downloads: production ? 120 : 4,
      });
      if (production) newest.latest = 1 + Math.max(...repository.deliveries.releases.map(({ latest }) => latest));
    },
  });
  return [
    { ...detect(repository, commit, 'plan') },
    ...targets.map(([target, runsOn]): JobPlan => ({
      name: `build (${target})`,
      needs: ['plan'],
      runsOn,
      steps: [
        ...steps('Build', 'cargo build --release --locked', `Compiling tally (${target})`, '50s'),
        upload(`dist-${target}`),
      ],
      artifacts: [{ name: `dist-${target}`, content: Object.fromEntries([asset(tag, target)]) }],
    })),
    publish('staging'),
    publish('production'),
    {
      name: 'notify',
      needs: ['plan', 'publish-staging', 'publish-production'],
      always: true,
      steps: [...steps('Report', 'bash .github/rust-ci/report.sh release', '', '3s'), upload('rust-ci-report')],
      duration: '8s',
      artifacts: (run) => [report(repository, run, tag, production)],
    },
  ];
}

function report(repository: RepositoryState, run: Run, tag: string, production: boolean) {
  const released = repository.deliveries.releases.find((release) => release.tag === tag);
  const [done, other] = production ? (['production', 'staging'] as const) : (['staging', 'production'] as const);
  const state = released === undefined ? 'fail' : 'pass';
  const gates = [
    gate('build', 'pass', { value: targets.length, unit: 'targets' }),
    gate(`publish-${done}`, state, { reason: state === 'fail' ? 'It was rejected, or it failed.' : null }),
    gate(`publish-${other}`, 'skipped', {
      reason: production ? 'A tag is a production release.' : 'A branch is a staging release.',
    }),
  ];
  return reportOf(repository, run, gates, {
    release: {
      tag,
      version: tag.slice(1),
      environment: done,
      url:
        released === undefined ? null : `${repository.world.addresses.page(repository.fullName)}/releases/tag/${tag}`,
      assets: Object.entries(assets(tag)).map(([name, text]) => ({ name, size: text.length, sha256: sha256(text) })),
    },
  });
}

function assets(tag: string): Record<string, string> {
  const archives = Object.fromEntries(targets.map(([target]) => asset(tag, target)));
  const sums = Object.entries(archives).map(([name, text]) => `${sha256(text)}  ${name}`);
  return { ...archives, SHA256SUMS: `${sums.join('\n')}\n` };
}

/** Not a program: a text of about the size that one would have in kilobytes. */
function asset(tag: string, target: string): [string, string] {
  const ending = target.includes('windows') ? 'zip' : 'tar.gz';
  return [`tally-${tag}-${target}.${ending}`, `tally ${tag} for ${target}\n`.repeat(400)];
}
