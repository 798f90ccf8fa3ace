import type { Commit } from '../state/git.js';
import type { JobPlan } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import { slowCommit } from './history.js';
import { measured } from './measure.js';
import type { Noise } from './noise.js';
import { gate, reportOf } from './report.js';
import { checkout, rust, shell, upload } from './steps.js';
import { detect } from './test-workflow.js';

const usual = 'Linux AMD EPYC 7763 64-Core Processor, 4 cores';
const other = 'Linux Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz, 4 cores';

/** The jobs of benchmarks.yml: counting takes longer since one commit. */
export function benchmarkJobs(
  repository: RepositoryState,
  commit: Commit,
  noise: Noise,
  duration: '2m' | '12m' = '2m',
): JobPlan[] {
  const slow = repository.git.history(commit.sha).some(({ message }) => message === slowCommit);
  return [
    detect(repository, commit),
    {
      name: 'benchmarks',
      needs: ['detect'],
      duration,
      steps: [
        checkout(repository.fullName, commit.sha),
        rust,
        shell(
          'Measure',
          'bash .github/rust-ci/benchmarks.sh',
          'count/9000              time:   [611.02 µs 612.41 µs 614.20 µs]',
          duration === '2m' ? '90s' : '11m',
        ),
        upload('criterion'),
        shell('Report', 'bash .github/rust-ci/report.sh benchmarks', '', '1s'),
        upload('rust-ci-report'),
      ],
      artifacts: (run) => {
        const benchmarks = measured(noise, slow ? { 'count/9000': 0.091, 'count/90000': 0.094 } : {});
        const found = { value: benchmarks.length, unit: 'benchmarks' };
        return [
          reportOf(repository, run, [gate('benchmarks', 'pass', found)], {
            machine: {
              runner: noise.uniform() < 0.12 ? other : usual,
              toolchain: 'rustc 1.99.1 (8f2e2c1b5 2026-08-20)',
            },
            benchmarks,
          }),
        ];
      },
    },
  ];
}
