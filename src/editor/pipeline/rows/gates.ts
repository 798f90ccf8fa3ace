import { l10n } from 'vscode';
import type { Job, Run } from '../../../core/actions/run.js';
import type { CommitFacts, Snapshot } from '../../../core/actions/snapshot.js';
import { legOf } from '../../../core/gates/job-name.js';
import type { Gate, Verdict } from '../../../core/gates/gate.js';
import type { OpenRepository } from '../../github/github.js';
import { gateIcon } from '../../status/icons.js';
import { pageLink, tooltip } from '../../status/tooltip.js';
import { gateSentence, gateText, moment, short, gatesText } from '../../status/words.js';
import type { Details } from '../../tree/details.js';
import type { Row } from '../../tree/row.js';
import { jobRow } from './jobs.js';

/** The gates of the verdict, the failing ones first. */
export function gatesRow(repository: OpenRepository, verdict: Verdict, details: Details, now: number): Row {
  return {
    id: 'gates',
    label: l10n.t('Gates'),
    description: gatesText(verdict),
    tokens: ['gates'],
    expanded: true,
    children: verdict.gates.map((gate) => gateRow(repository, gate, details, now)),
  };
}

function gateRow(repository: OpenRepository, gate: Gate, details: Details, now: number): Row {
  const id = `gates/${gate.id}`;
  const { jobs, run } = jobsOf(repository.store.snapshot, gate);
  const legs = jobs.flatMap(({ name }) => legOf(name) ?? []);
  const text = gateText(gate, now);
  const description = text === '' && legs.length > 1 ? legs.join(', ') : text;
  const own = details.gate(repository, gate);
  const below = run ? jobs.map((job) => jobRow(run, job, id, now)) : [];
  return {
    id,
    label: gate.title,
    description,
    icon: gateIcon(gate.state),
    accessible: gateSentence(gate, now),
    tooltip: () =>
      tooltip(
        [
          gateSentence(gate, now),
          gate.reason ?? undefined,
          gate.required === true ? l10n.t('The branch requires it.') : undefined,
          gate.sha === null ? undefined : about(gate, gate.sha),
        ],
        [pageLink(l10n.t('Open on GitHub'), gate.url)],
      ),
    tokens: [
      'gate',
      gate.state,
      `gate:${gate.id}`,
      ...(gate.url === null ? [] : ['page']),
      ...(jobs.length > 0 ? ['jobs'] : []),
    ],
    target: { kind: 'gate', gate },
    children: own.length + below.length === 0 ? undefined : [...own, ...below],
  };
}

function about(gate: Gate, sha: string): string {
  return gate.at === null ? l10n.t('Commit {0}', short(sha)) : l10n.t('Commit {0}, {1}', short(sha), moment(gate.at));
}

/** The jobs that decided a gate, with their run, where they are known. */
export function jobsOf(
  snapshot: Snapshot,
  gate: Gate,
): { readonly run: Run | undefined; readonly jobs: readonly Job[] } {
  const none = { run: undefined, jobs: [] };
  const { runId, jobIds } = gate;
  if (runId === null) return none;
  const facts = [snapshot.current, snapshot.earlier, snapshot.main];
  const commit = facts.find((one): one is CommitFacts => one?.runs.some(({ id }) => id === runId) ?? false);
  const run = commit?.runs.find(({ id }) => id === runId);
  const jobs = (commit?.jobs.get(runId) ?? []).filter(({ id }) => jobIds.includes(id));
  return run ? { run, jobs } : none;
}
