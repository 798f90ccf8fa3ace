import type { Commit } from '../state/git.js';
import type { JobPlan } from '../state/plan.js';
import type { RepositoryState } from '../state/repository.js';
import { gate, reportOf } from './report.js';
import { checkout, failed, shell, upload } from './steps.js';
import { detect } from './test-workflow.js';

const advisory = `Crate:     memchr
Version:   2.8.2
Title:     Out-of-bounds read for empty needles
Date:      2026-10-19
ID:        RUSTSEC-2026-0117
URL:       https://rustsec.org/advisories/RUSTSEC-2026-0117
Solution:  Upgrade to >=2.8.3
Dependency tree:
memchr 2.8.2
└── criterion 0.5.1
    └── tally 1.3.0

##[error]1 vulnerability found!
${failed()}`;

/** The jobs of security.yml. @param vulnerable whether a dependency has a known vulnerability */
export function securityJobs(repository: RepositoryState, commit: Commit, vulnerable = false): JobPlan[] {
  const job = (id: string, command: string, output: string, more: Partial<JobPlan> = {}): JobPlan => ({
    name: id,
    needs: ['detect'],
    steps: [checkout(repository.fullName, commit.sha), shell(names[id] ?? id, command, output, '9s')],
    ...more,
  });
  return [
    detect(repository, commit),
    job(
      'audit',
      'bash .github/rust-ci/audit.sh',
      vulnerable ? advisory : 'Scanning Cargo.lock for vulnerabilities (74 crate dependencies)',
      {
        ...(vulnerable ? { conclusion: 'failure' } : {}),
      },
    ),
    job('deny', 'bash .github/rust-ci/deny.sh', 'advisories ok, bans ok, licenses ok, sources ok'),
    {
      ...job('gitleaks', 'bash .github/rust-ci/gitleaks.sh', 'INF 27 commits scanned.\nINF no leaks found'),
      needs: [],
    },
    job(
      'trivy',
      'trivy fs --scanners vuln --severity CRITICAL,HIGH --exit-code 1 .',
      'Cargo.lock (cargo)\nTotal: 0 (HIGH: 0, CRITICAL: 0)',
    ),
    { ...job('workflows', 'bash .github/rust-ci/zizmor.sh', 'No findings to report. Good job!'), needs: [] },
    {
      name: 'security-gate',
      needs: ['detect', 'audit', 'deny', 'gitleaks', 'trivy', 'workflows'],
      always: true,
      conclusion: vulnerable ? 'failure' : 'success',
      steps: [
        checkout(repository.fullName, commit.sha),
        shell('Judge', 'bash .github/rust-ci/report.sh security', vulnerable ? failed() : '', '1s', {
          ...(vulnerable ? { conclusion: 'failure' } : {}),
        }),
        upload('rust-ci-report'),
      ],
      artifacts: (run) => [
        reportOf(repository, run, [
          gate('audit', vulnerable ? 'fail' : 'pass', { value: vulnerable ? 1 : 0, unit: 'vulnerabilities' }),
          gate('deny'),
          gate('gitleaks'),
          gate('trivy'),
          gate('workflows'),
        ]),
      ],
    },
  ];
}

const names: Readonly<Record<string, string>> = {
  audit: 'cargo audit',
  deny: 'cargo deny',
  trivy: 'Dependencies',
  workflows: 'zizmor',
};
