import { ContentMap } from '../../yaml/content-map';
import { rule } from '../../rule';
import { rustJob } from '../rust/examples';
import { isExperiment, isGate } from './gates';

/** `|| true` and its like at the end of a command. */
const swallowed = /\|\|[ \t]*(?:true|:|exit[ \t]+0|echo\b[^\n|&;]*)[ \t]*(?=$|[\n;#)])/gm;
const judging =
  /\b(?:cargo(?:[ \t]+\+\S+)?[ \t]+(?:test|clippy|fmt|deny|audit|nextest|tarpaulin|llvm-cov|semver-checks|miri|hack)|gitleaks|trivy|zizmor|actionlint)\b/;

export const gateCannotFail = rule({
  code: 'gate-cannot-fail',
  category: 'pipeline',
  title: 'A gate that passes whatever it finds',
  severity: 'warning',
  description:
    '`continue-on-error: true` or `|| true` on a check turns every result into success: the tick is green and nothing was decided. Jobs on nightly or beta, and conditions such as `${{ matrix.experimental }}`, are left alone.',
  bad: [rustJob('- run: cargo test || true'), rustJob('- run: cargo clippy -- -D warnings\n  continue-on-error: true')],
  good: [rustJob('- run: cargo test'), rustJob('- run: cargo +nightly clippy\n  continue-on-error: true')],
  files: ['workflow', 'action'],
  check: ({ jobs, steps, text, edit, report }) => {
    for (const job of jobs) {
      const entry = job.node.entry('continue-on-error');
      if (entry === undefined || job.continueOnError?.value !== true || isExperiment(job) || !job.steps.some(isGate))
        continue;
      report(entry.key, `The job "${job.id}" checks something, but counts as passed whatever happens.`, {
        fixes: [edit.unsafeFix('Remove continue-on-error', edit.removeEntry(job.node, entry))],
      });
    }
    for (const step of steps) {
      if (!isGate(step) || isExperiment(step.job)) continue;
      const entry = step.node.entry('continue-on-error');
      // A later step may look at the outcome.
      const judgedLater = step.id !== undefined && text.includes(`steps.${step.id.text}.outcome`);
      if (entry !== undefined && step.continueOnError?.value === true && !judgedLater)
        report(entry.key, 'This step checks something, but counts as passed whatever happens.', {
          fixes: [edit.unsafeFix('Remove continue-on-error', edit.removeEntry(step.node, entry))],
        });
      if (step.run === undefined) continue;
      for (const match of step.run.text.matchAll(swallowed)) {
        const lineStart = step.run.text.lastIndexOf('\n', match.index) + 1;
        if (!judging.test(step.run.text.slice(lineStart, match.index))) continue;
        const map = new ContentMap(text, step.run);
        const before = /[ \t]*$/.exec(step.run.text.slice(lineStart, match.index))?.[0].length ?? 0;
        const range = {
          start: map.toFile(match.index),
          end: map.toFile(match.index + match[0].trimEnd().length - 1) + 1,
        };
        report(range, 'Whatever the command before finds, the step passes.', {
          fixes: [
            edit.unsafeFix(
              `Remove "${match[0].trim()}"`,
              edit.replace({ start: map.toFile(match.index - before), end: range.end }, ''),
            ),
          ],
        });
      }
    }
  },
});
