import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Deployment } from '../../../core/actions/delivery.js';
import { isUnderWay, type Approval, type EnvironmentState } from '../../../core/delivery/live.js';
import { gateIcon } from '../../status/icons.js';
import { pageLink, tooltip, type Link } from '../../status/tooltip.js';
import { age, duration, moment, short } from '../../status/words.js';
import type { Row } from '../../tree/row.js';

/** An environment: what is live in it, and what waits to be. */
export function environmentRow(state: EnvironmentState, now: number): Row {
  const { environment, live, liveAs, newest, approvals } = state;
  const id = `environment/${environment.name}`;
  const [first] = approvals;
  const mine = first?.pending.canApprove === true;
  const description = first ? waits(first, state, now) : stands(state, now);
  const children = [
    ...approvals.map((approval) => approvalRow(approval, id, now)),
    ...(live ? [deploymentRow({ ...live, ref: liveAs ?? live.ref }, 'live', id, now)] : []),
    // What waits is a deployment as well, and is listed already.
    ...(newest && !first ? [deploymentRow(newest, 'newest', id, now)] : []),
  ];
  return {
    id,
    label: environment.name,
    description,
    icon: icon(state),
    accessible: l10n.t('Environment {0}: {1}', environment.name, description),
    tooltip: () =>
      tooltip(
        [
          `${environment.name}: ${description}`,
          live
            ? l10n.t('{0} at {1}, live since {2}', liveAs ?? live.ref, short(live.sha), moment(live.stateAt))
            : undefined,
          environment.reviewers.length > 0
            ? l10n.t('Must be approved by {0}.', environment.reviewers.join(', '))
            : undefined,
        ],
        [pageLink(l10n.t('Open on GitHub'), environment.url)],
      ),
    tokens: [
      'environment',
      'page',
      ...(environment.name === 'production' ? ['production'] : []),
      ...(live ? ['live'] : []),
      ...(mine ? ['approvable'] : []),
    ],
    // The buttons of a row that waits are about what waits.
    target: first && mine ? { kind: 'approval', ...first } : { kind: 'environment', environment, live },
    expanded: first !== undefined,
    children: children.length === 0 ? undefined : children,
  };
}

function waits({ run, pending }: Approval, state: EnvironmentState, now: number): string {
  const what = run.branch ?? run.title;
  if (pending.canApprove) return l10n.t('{0} waits for your approval', what);
  if (pending.reviewers.length > 0) return l10n.t('{0} waits for {1}', what, pending.reviewers.join(', '));
  if (pending.waitTimer > 0) return l10n.t('{0} waits {1}', what, duration(pending.waitTimer * 60_000));
  return liveText(state, now) ?? l10n.t('{0} waits', what);
}

function stands(state: EnvironmentState, now: number): string {
  const { newest } = state;
  if (newest && isUnderWay(newest.state)) return l10n.t('{0} is being deployed', newest.ref);
  const text = liveText(state, now);
  if (text === null) return newest ? l10n.t('{0} failed, nothing is live', newest.ref) : l10n.t('nothing is live');
  return newest && isFailed(newest) ? l10n.t('{0} ({1} failed)', text, newest.ref) : text;
}

const isFailed = ({ state }: Deployment) => state === 'failure' || state === 'error';

function liveText({ live, liveAs }: EnvironmentState, now: number): string | null {
  if (!live) return null;
  const { stateAt, creator } = live;
  const ref = liveAs ?? live.ref;
  if (now - stateAt < 60_000) {
    return creator === null ? l10n.t('{0}, just went live', ref) : l10n.t('{0}, just went live, by {1}', ref, creator);
  }
  const since = duration(now - stateAt);
  return creator === null
    ? l10n.t('{0}, live for {1}', ref, since)
    : l10n.t('{0}, live for {1}, by {2}', ref, since, creator);
}

function icon({ live, newest, approvals }: EnvironmentState): ThemeIcon {
  if (approvals.length > 0) return gateIcon('waiting');
  if (newest && isUnderWay(newest.state)) return gateIcon('running');
  if (newest && isFailed(newest)) return gateIcon('failed');
  return live ? new ThemeIcon('rocket', new ThemeColor('testing.iconPassed')) : new ThemeIcon('circle-large-outline');
}

function approvalRow({ run, pending }: Approval, parent: string, now: number): Row {
  const mine = pending.canApprove;
  return {
    id: `${parent}/approval/${run.id}`,
    label: `${run.name} #${run.number}`,
    description: l10n.t('{0}, by {1}, {2}', run.branch ?? short(run.sha), run.actor ?? '?', age(run.createdAt, now)),
    icon: gateIcon('waiting'),
    accessible: l10n.t('{0} run {1} waits for approval', run.name, run.number),
    tooltip: () => {
      const who = pending.reviewers.join(', ');
      const links: (Link | undefined)[] = [pageLink(l10n.t('Open on GitHub'), run.url)];
      return tooltip([run.title, who === '' ? undefined : l10n.t('May be approved by {0}.', who)], links);
    },
    tokens: ['approval', 'page', ...(mine ? ['approvable'] : [])],
    target: { kind: 'approval', run, pending },
  };
}

function deploymentRow(deployment: Deployment, which: 'live' | 'newest', parent: string, now: number): Row {
  const { state, ref, sha, creator, stateAt, url } = deployment;
  const word = which === 'live' ? l10n.t('live') : isUnderWay(state) ? l10n.t('under way') : l10n.t('failed');
  return {
    id: `${parent}/${which}`,
    label: ref,
    description: [word, short(sha), creator ?? undefined, age(stateAt, now)]
      .filter((part) => part !== undefined)
      .join(', '),
    icon: which === 'live' ? gateIcon('passed') : gateIcon(isUnderWay(state) ? 'running' : 'failed'),
    accessible: l10n.t('Deployment of {0}: {1}', ref, word),
    tooltip: () => tooltip([`${ref}: ${word}`, moment(stateAt)], [pageLink(l10n.t('Open on GitHub'), url)]),
    tokens: ['deployment'],
  };
}
