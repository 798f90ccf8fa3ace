import { cargoCommands, inScript } from '../../cargo/command';
import { rule } from '../../rule';
import { rustJob } from '../rust/examples';

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
