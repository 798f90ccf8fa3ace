import { inScript } from '../../cargo/command';
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
