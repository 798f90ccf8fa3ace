import { l10n, ThemeIcon } from 'vscode';
import type { Run, Workflow } from '../../../core/actions/run.js';
import type { OpenRepository } from '../../github/github.js';
import { progressIcon } from '../../status/icons.js';
import { pageLink, tooltip } from '../../status/tooltip.js';
import { progressWord, runText } from '../../status/words.js';
import type { Row } from '../../tree/row.js';
import { runRow } from './runs.js';

/** How many runs of a workflow are listed before "Load More". */
const firstPage = 10;

/** How many runs of the branch the store asks for: with fewer, there are no older ones. */
const asked = 50;

/** The workflows with their runs on the branch; what was asked for by "Load More" is in `older`, by workflow id. */
export function workflowsRow(repository: OpenRepository, older: OlderRuns, now: number): Row | undefined {
  const { workflows, runs } = repository.store.snapshot;
  if (workflows === null || workflows.length === 0) return undefined;
  const rows = workflows
    .map((workflow) => ({ workflow, runs: runsOf(workflow, runs, older) }))
    // Those that somebody switched off and that have not run here are no news.
    .filter(({ workflow, runs }) => workflow.enabled || runs.length > 0)
    .sort((a, b) => (fileName(a.workflow) < fileName(b.workflow) ? -1 : 1))
    .map((each) =>
      workflowRow(repository, each.workflow, each.runs, older.get(each.workflow.id), runs.length < asked, now),
    );
  return {
    id: 'workflows',
    label: l10n.t('Workflows'),
    tokens: ['workflows'],
    expanded: true,
    children: rows,
  };
}

/** Older runs of a workflow that somebody asked for. */
export interface Older {
  readonly runs: readonly Run[];
  /** GitHub has none that are older. */
  readonly complete: boolean;
}

export type OlderRuns = ReadonlyMap<number, Older>;

export function runsOf(workflow: Workflow, runs: readonly Run[], older: OlderRuns): readonly Run[] {
  const all = [...runs, ...(older.get(workflow.id)?.runs ?? [])].filter(({ workflowId }) => workflowId === workflow.id);
  return [...new Map(all.map((run) => [run.id, run])).values()].sort((a, b) => b.createdAt - a.createdAt);
}

function workflowRow(
  repository: OpenRepository,
  workflow: Workflow,
  runs: readonly Run[],
  older: Older | undefined,
  complete: boolean,
  now: number,
): Row {
  const id = `workflow/${workflow.id}`;
  const [newest] = runs;
  const shown = older ? runs : runs.slice(0, firstPage);
  const more: Row = {
    id: `${id}/more`,
    label: l10n.t('Load More'),
    icon: new ThemeIcon('ellipsis'),
    tokens: ['more'],
    command: {
      command: 'rustCi.loadMoreRuns',
      title: l10n.t('Load More'),
      arguments: [{ target: { kind: 'workflow', workflow } }],
    },
  };
  return {
    id,
    label: fileName(workflow),
    description: newest
      ? l10n.t('#{0} {1}', newest.number, runText(newest, now))
      : workflow.enabled
        ? l10n.t('no run on this branch')
        : l10n.t('switched off'),
    icon: newest ? progressIcon(newest) : new ThemeIcon('circle-large-outline'),
    accessible: newest
      ? l10n.t('Workflow {0}: run {1} {2}', workflow.name, newest.number, progressWord(newest))
      : l10n.t('Workflow {0}: no run on this branch', workflow.name),
    tooltip: () => tooltip([workflow.name, workflow.path], [pageLink(l10n.t('Open on GitHub'), workflow.url)]),
    tokens: ['workflow', 'page', ...(workflow.enabled ? ['enabled'] : []), ...(isFile(workflow) ? ['local'] : [])],
    target: { kind: 'workflow', workflow },
    children: [
      ...shown.map((run) => runRow(repository, run, now)),
      ...(older?.complete === true || (complete && shown.length === runs.length) ? [] : [more]),
    ],
  };
}

/** `test.yml`; what GitHub runs by itself, such as Dependabot, has no file and is called by its name. */
const fileName = ({ path, name }: Workflow): string =>
  path.startsWith('.github/workflows/') ? path.slice('.github/workflows/'.length) : name;

const isFile = ({ path }: Workflow) => path.startsWith('.github/workflows/');
