import { cargoCommands, inScript } from '../../cargo/command';
import { commandsOf } from '../../shell/commands';
import { rule } from '../../rule';
import { rustJob } from '../rust/examples';

const scans = new Set(['fs', 'filesystem', 'image', 'i', 'config', 'conf', 'repo', 'repository', 'rootfs', 'sbom']);

export const trivyExitCode = rule({
  code: 'trivy-exit-code',
  category: 'pipeline',
  title: 'A Trivy scan that passes whatever it finds',
  severity: 'warning',
  description:
    'Trivy ends with 0 even when it has found something, unless it is told otherwise: `--exit-code 1`, or the input `exit-code` of its action. A job in which another scan has it, or that only writes SARIF for code scanning, is left alone.',
  bad: [rustJob('- run: trivy fs --severity CRITICAL,HIGH .')],
  good: [rustJob('- run: trivy fs --severity CRITICAL,HIGH --exit-code 1 .')],
  links: ['https://trivy.dev/latest/docs/configuration/others/#exit-code'],
  check: ({ jobs, text, edit, report }) => {
    for (const job of jobs) {
      const judged = job.steps.some(
        (step) =>
          step.env?.entry('TRIVY_EXIT_CODE') !== undefined ||
          (step.run?.text ?? '').includes('exit-code') ||
          step.with?.entry('exit-code') !== undefined,
      );
      if (judged || job.env?.entry('TRIVY_EXIT_CODE') !== undefined) continue;
      for (const step of job.steps) {
        if (
          step.uses?.slug === 'aquasecurity/trivy-action' &&
          !/sarif|sbom|cyclonedx|spdx|github/.test(step.with?.scalar('format')?.text ?? '')
        )
          report(step.uses.node, 'The scan never fails: the input exit-code is missing.', {
            fixes: [
              edit.unsafeFix(
                'Fail on findings',
                edit.addNested(step.node, 'with', 'exit-code', "'1'", { after: 'uses' }),
              ),
            ],
          });
        for (const { words } of step.run === undefined ? [] : commandsOf(step.run)) {
          const [program, verb] = words;
          if (program?.text !== 'trivy' || verb === undefined || !scans.has(verb.text)) continue;
          if (words.some((word) => /sarif|cyclonedx|spdx|--download/.test(word.text))) continue;
          const range = inScript(text, step, verb);
          report(range, 'The scan never fails: --exit-code 1 is missing.', {
            fixes: [edit.unsafeFix('Fail on findings', edit.insert(range.end, ' --exit-code 1'))],
          });
        }
      }
    }
  },
});

export const denyWithoutLicences = rule({
  code: 'deny-without-licences',
  category: 'pipeline',
  title: 'A cargo-deny gate that leaves licences out',
  severity: 'hint',
  description:
    '`cargo deny check` with a list of checks runs those alone. Without `licenses` nobody notices a dependency whose licence the project may not use.',
  bad: [rustJob('- run: cargo deny check advisories bans')],
  good: [rustJob('- run: cargo deny check advisories bans licenses sources'), rustJob('- run: cargo deny check')],
  check: ({ jobs, text, report }) => {
    const calls = jobs
      .flatMap((job) => job.steps)
      .flatMap((step) =>
        cargoCommands(step).flatMap(({ subcommand, args }) => {
          const at = args.findIndex((word) => word.text === 'check');
          if (subcommand.text !== 'deny' || at < 0) return [];
          return [
            {
              step,
              check: args[at],
              checks: args
                .slice(at + 1)
                .filter((word) => /^(?:advisories|bans|licenses|sources|all)$/.test(word.text) || word.dynamic),
            },
          ];
        }),
      );
    if (
      calls.some(
        ({ checks }) =>
          checks.length === 0 || checks.some((word) => word.dynamic || word.text === 'licenses' || word.text === 'all'),
      )
    )
      return;
    const [first] = calls;
    if (first?.check !== undefined)
      report(inScript(text, first.step, first.check), 'No call of cargo-deny checks licences.');
  },
});

export const coverageWithoutThreshold = rule({
  code: 'coverage-without-threshold',
  category: 'pipeline',
  title: 'Coverage that is measured and not judged',
  severity: 'info',
  description:
    'The job measures coverage, but nothing fails when it drops: there is no `--fail-under` and no service that would say so.',
  bad: [rustJob('- run: cargo llvm-cov --lcov --output-path lcov.info', { id: 'coverage' })],
  good: [rustJob('- run: cargo llvm-cov --fail-under-lines 80', { id: 'coverage' })],
  check: ({ jobs, repository, text, report }) => {
    for (const job of jobs) {
      const services = /codecov|coveralls|codacy|sonar|coverage-|pages|cobertura/i;
      if (
        job.steps.some((step) =>
          services.test(`${step.uses?.text ?? ''} ${step.run?.text ?? ''}`.replace(/cargo llvm-cov/g, '')),
        )
      )
        continue;
      if (/fail-under|THRESHOLD/i.test(job.steps.map(({ run }) => run?.text ?? '').join('\n'))) continue;
      for (const step of job.steps) {
        const command = cargoCommands(step).find(
          ({ subcommand, args }) =>
            subcommand.text === 'tarpaulin' ||
            (subcommand.text === 'llvm-cov' && !['clean', 'show-env'].includes(args[0]?.text ?? '')),
        );
        if (command === undefined) continue;
        if (
          ['tarpaulin.toml', '.tarpaulin.toml'].some((path) => repository?.read(path)?.includes('fail-under') === true)
        )
          break;
        report(inScript(text, step, command.subcommand), 'Coverage is measured, but nothing fails when it drops.');
        break;
      }
    }
  },
});

export const noisyBenchmarkGate = rule({
  code: 'noisy-benchmark-gate',
  category: 'pipeline',
  title: 'A benchmark that fails on one noisy run',
  severity: 'info',
  description:
    'On shared runners the same code differs by tens of per cent between runs, so a comparison of two single runs fails without a cause. Compare with the history of many runs, or count instructions.',
  bad: [
    rustJob(
      "- uses: benchmark-action/github-action-benchmark@v1\n  with:\n    output-file-path: output.txt\n    fail-on-alert: true\n    alert-threshold: '110%'",
    ),
  ],
  good: [
    rustJob(
      "- uses: benchmark-action/github-action-benchmark@v1\n  with:\n    output-file-path: output.txt\n    fail-on-alert: true\n    alert-threshold: '200%'",
    ),
  ],
  check: ({ steps, report }) => {
    for (const step of steps) {
      if (step.uses?.slug !== 'benchmark-action/github-action-benchmark' || step.with === undefined) continue;
      const threshold = step.with.scalar('fail-threshold') ?? step.with.scalar('alert-threshold');
      const percent = Number.parseFloat(threshold?.text ?? '200');
      if (step.with.scalar('fail-on-alert')?.text === 'true' && percent < 150)
        report(
          threshold ?? step.uses.node,
          `One run that is ${percent - 100} % slower fails the job; the noise of shared runners alone can be more.`,
        );
    }
  },
});
