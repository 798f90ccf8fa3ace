import type { Commit } from '../state/git.js';
import type { JobPlan, PlanContext } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import { sha256 } from '../state/artifact.js';
import { gate, reportOf } from './report.js';
import { checkout, failed, shell, upload } from './steps.js';
import { detect } from './test-workflow.js';

const platforms = ['linux/amd64', 'linux/arm64'];

const trivy = `ghcr.io/acme/tally (debian 12.8)
Total: 1 (HIGH: 1, CRITICAL: 0)

│ libssl3 │ CVE-2026-31108 │ HIGH │ fixed │ 3.0.15-1 │ 3.0.16-1 │ openssl: use after free in session tickets │
${failed()}`;

/** The jobs of container.yml. @param vulnerable whether the scan of the image finds something */
export function containerJobs(
  repository: RepositoryState,
  commit: Commit,
  { inputs, ref }: Pick<PlanContext, 'inputs' | 'ref'>,
  vulnerable = false,
): JobPlan[] {
  const wanted = inputs['version'] !== undefined && inputs['version'] !== '' ? inputs['version'] : ref;
  const version = /^v\d/.test(wanted) ? wanted.slice(1) : null;
  const digest = `sha256:${sha256(`${repository.fullName} ${commit.sha}`)}`;
  const tags = [
    `sha-${commit.sha}`,
    ...(version === null ? [] : [version, ...(version.includes('-') ? [] : ['latest'])]),
  ];
  return [
    detect(repository, commit),
    {
      name: 'image',
      needs: ['detect'],
      ...(vulnerable ? { conclusion: 'failure' } : {}),
      steps: [
        checkout(repository.fullName, commit.sha),
        shell(
          'Build',
          'docker buildx build --platform linux/amd64,linux/arm64 --push .',
          `#22 exporting manifest list ${digest} done`,
          '55s',
        ),
        shell(
          'Scan the image',
          `trivy image --severity CRITICAL,HIGH --exit-code 1 "$IMAGE@$DIGEST"`,
          vulnerable ? trivy : 'Total: 0 (HIGH: 0, CRITICAL: 0)',
          '8s',
          {
            ...(vulnerable ? { conclusion: 'failure' } : {}),
          },
        ),
        shell('Tag the image', 'bash .github/rust-ci/image.sh release', tags.join('\n'), '3s'),
      ],
      effect: () => {
        const { now } = repository.world.clock;
        const known = repository.deliveries.container().versions.some((image) => image.digest === digest);
        // What the index consists of has no tag of its own.
        for (const platform of known ? [] : platforms) {
          repository.deliveries.image({ digest: `sha256:${sha256(`${digest} ${platform}`)}`, at: now });
        }
        if (known) for (const tag of tags) repository.deliveries.moveTag(tag, digest);
        else repository.deliveries.image({ digest, tags, at: now });
      },
    },
    {
      name: 'notify',
      needs: ['detect', 'image'],
      always: true,
      steps: [shell('Report', 'bash .github/rust-ci/report.sh container', '', '3s'), upload('rust-ci-report')],
      duration: '8s',
      artifacts: (run) => [
        reportOf(repository, run, [gate('image', vulnerable ? 'fail' : 'pass')], {
          ...(vulnerable ? {} : { image: { name: imageName(repository), digest, version, tags, platforms } }),
        }),
      ],
    },
  ];
}

/** The jobs of rollback.yml, which moves `latest` after somebody approved. */
export function rollbackJobs(
  repository: RepositoryState,
  commit: Commit,
  { inputs }: Pick<PlanContext, 'inputs'>,
): JobPlan[] {
  const { version: wanted = '', reason = '', request = '' } = inputs;
  const { versions } = repository.deliveries.container();
  const named = (tag: string) => versions.find(({ tags }) => tags.includes(tag));
  const target = versions.find(({ digest }) => digest === wanted) ?? named(wanted) ?? named(wanted.replace(/^v/, ''));
  const current = named('latest');
  const problem =
    target === undefined
      ? `There is no image ${wanted}.`
      : target === current
        ? `latest is ${wanted} already (${target.digest}).`
        : undefined;
  const refusal = problem === undefined ? {} : { conclusion: 'failure' as const };
  const versionOf = (tags: readonly string[]) => tags.find((tag) => /^\d/.test(tag)) ?? null;
  let done = false;
  return [
    {
      ...detect(repository, commit),
      ...refusal,
      steps: [
        checkout(repository.fullName, commit.sha),
        shell(
          'Find the image',
          'bash .github/rust-ci/rollback.sh resolve',
          problem === undefined ? `digest=${target?.digest ?? ''}` : `##[error]${problem}\n${failed()}`,
          '4s',
          refusal,
        ),
      ],
      ...(problem === undefined
        ? {}
        : { annotations: [{ path: '.github', line: 1, title: 'Rollback', message: problem }] }),
    },
    {
      name: 'rollback',
      needs: ['detect'],
      environment: 'production',
      steps: [
        checkout(repository.fullName, commit.sha),
        shell('Move latest', 'bash .github/rust-ci/rollback.sh apply', `latest is ${target?.digest ?? ''} now.`, '6s'),
        shell('Mark the release as the latest one', 'bash .github/rust-ci/rollback.sh release', '', '3s'),
      ],
      duration: '20s',
      effect: () => {
        if (target === undefined) return;
        repository.deliveries.moveTag('latest', target.digest);
        const releases = repository.deliveries.releases;
        const release = releases.find(({ tag }) => tag === `v${versionOf(target.tags) ?? ''}`);
        if (release !== undefined) release.latest = 1 + Math.max(...releases.map(({ latest }) => latest));
        done = true;
      },
    },
    {
      name: 'notify',
      needs: ['detect', 'rollback'],
      always: true,
      ...(problem === undefined ? {} : { conclusion: 'failure' as const }),
      steps: [shell('Report', 'bash .github/rust-ci/report.sh rollback', '', '2s'), upload('rust-ci-report')],
      duration: '8s',
      artifacts: (run) => [
        reportOf(repository, run, [gate('rollback', done ? 'pass' : 'fail', { reason: problem ?? null })], {
          ...(target === undefined
            ? {}
            : {
                rollback: {
                  image: imageName(repository),
                  tag: 'latest',
                  from: current === undefined ? null : { digest: current.digest, version: versionOf(current.tags) },
                  to: { digest: target.digest, version: versionOf(target.tags) },
                  platforms,
                  reason,
                  actor: run.actor.login,
                  request: request === '' ? null : request,
                  done,
                  release: done ? `v${versionOf(target.tags) ?? ''}` : null,
                },
              }),
        }),
      ],
    },
  ];
}

function imageName({ fullName }: RepositoryState): string {
  return `ghcr.io/${fullName.toLowerCase()}`;
}
