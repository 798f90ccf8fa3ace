import { l10n } from 'vscode';
import type { CancellationToken, LanguageModelTool } from 'vscode';
import * as v from 'valibot';
import type { Job } from '../../core/actions/run.js';
import { verdictOf } from '../../core/gates/verdict.js';
import { parseJobLog } from '../../core/logs/job-log.js';
import { failureLine, stepRanges } from '../../core/logs/steps.js';
import type { GitHub } from '../github/github.js';
import type { Store } from '../../github/store.js';
import { knownRepository } from './repository.js';
import { textResult } from './text-result.js';

const inputSchema = v.object({ gate: v.optional(v.string()) });

/** Lines of a log around the failure: a model needs the reason, not the whole. */
const before = 5;
const after = 60;
const mostJobs = 3;

/** Gives the part of the logs that tells why a gate failed. */
export const failingLog = (github: GitHub): LanguageModelTool<v.InferOutput<typeof inputSchema>> => ({
  prepareInvocation: () => ({ invocationMessage: l10n.t('Reading the log of what failed') }),
  invoke: async ({ input }, token) => {
    const { gate } = v.parse(inputSchema, input);
    const { store } = await knownRepository(github);
    const failed = verdictOf(store.snapshot).gates.filter(
      ({ id, state }) => state === 'failed' && (gate === undefined || id === gate),
    );
    if (failed.length === 0) return textResult(l10n.t('No such gate has failed for this commit.'));
    const wanted = new Set(failed.flatMap(({ jobIds }) => jobIds));
    const jobs = [store.snapshot.current, store.snapshot.earlier, store.snapshot.main]
      .flatMap((facts) => [...(facts?.jobs.values() ?? [])].flat())
      .filter(({ id, conclusion }) => wanted.has(id) && conclusion !== 'success');
    const parts: string[] = [];
    for (const job of jobs.slice(0, mostJobs)) parts.push(`## ${job.name}\n${await excerpt(store, job, token)}`);
    if (jobs.length > mostJobs) parts.push(l10n.t('{0} more jobs failed.', jobs.length - mostJobs));
    return textResult(parts.length > 0 ? parts.join('\n\n') : l10n.t('The jobs of that gate are not known.'));
  },
});

async function excerpt(store: Store, job: Job, token: CancellationToken): Promise<string> {
  const abort = new AbortController();
  const cancelling = token.onCancellationRequested(() => {
    abort.abort();
  });
  try {
    const log = parseJobLog(await store.log(job, abort.signal));
    const whole = { start: 0, end: log.lines.length - 1 };
    const failed = stepRanges(log, job.steps).find(({ step }) => step.conclusion === 'failure') ?? whole;
    const at = failureLine(log, failed);
    const lines = log.lines.slice(Math.max(failed.start, at - before), Math.min(failed.end, at + after) + 1);
    return lines.map(({ text }) => text).join('\n');
  } finally {
    cancelling.dispose();
  }
}
