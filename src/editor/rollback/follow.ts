import { commands, env, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { carryOut, type News } from '../../core/rollback/carry-out.js';
import type { Stage } from '../../core/rollback/steps.js';
import type { Outcome } from '../../core/rollback/truth.js';
import type { Wish } from '../../core/rollback/wish.js';
import type { RepositoryFacts } from '../../github/api/repository.js';
import type { ImageName, RegistryAccess } from '../../github/registry.js';
import { getRun } from '../../github/api/runs.js';
import { findWorkflow, imageOf } from '../../github/rollback/prepare.js';
import { listWorkflows } from '../../github/api/workflows.js';
import { rollbackWorld } from '../../github/rollback/world.js';
import type { OpenRepository } from '../github/github.js';
import { reportError, showError } from '../github/problems-shown.js';
import type { Memory, Pending } from './memory.js';
import type { Pointed } from './pointed.js';
import { registryAccess } from './registry-access.js';
import { nameOf, outcomeWords, stageWords } from './words.js';

export interface Following {
  readonly open: OpenRepository;
  readonly repository: RepositoryFacts;
  readonly memory: Memory;
  readonly followed: Set<number>;
  /** Requests whose notification is there. */
  readonly shown: Set<string>;
  /** Asks for another rollback. */
  readonly again: (pointed: Pointed) => void;
}

interface Place {
  readonly workflowId: number;
  readonly image: ImageName;
  readonly registry: RegistryAccess;
}

const keyOf = ({ open, repository }: Following): string => `${open.id.host}/${repository.owner}/${repository.name}`;

/** Sends a rollback that was confirmed, and follows it. Resolves when the request is sent. */
export async function start(following: Following, place: Place, wish: Wish): Promise<void> {
  const pending: Pending = { repository: keyOf(following), wish, runId: null, at: Date.now() };
  // Before it is sent: a window that closes in the middle must find it again.
  await following.memory.keep(pending);
  await new Promise<void>((sent) => {
    void follow(following, place, pending, false, sent);
  });
}

/** Follows a rollback that was sent earlier, from this window or before it was closed. It is not sent again. */
export async function resume(following: Following, pending: Pending): Promise<void> {
  const { open, repository } = following;
  if (following.shown.has(pending.wish.request)) {
    const { to } = pending.wish;
    const message = l10n.t('The rollback to {0} is still under way: its notification follows it.', nameOf(to));
    void window.showInformationMessage(message);
    await commands.executeCommand('notifications.showList');
    return;
  }
  const named = { owner: repository.owner, repo: repository.name };
  const workflows = await listWorkflows(open.client, named);
  const workflow = findWorkflow(workflows, 'rollback.yml');
  if (!workflow) {
    await following.memory.forget(pending);
    return;
  }
  const image = await imageOf(open.client, repository);
  const place = { workflowId: workflow.id, image, registry: registryAccess(open, image.registry) };
  void follow(following, place, pending, true, () => undefined);
}

async function follow(
  following: Following,
  place: Place,
  pending: Pending,
  sentBefore: boolean,
  sent: () => void,
): Promise<void> {
  const { open, repository, memory, followed, shown } = following;
  const { wish } = pending;
  shown.add(wish.request);
  const title = l10n.t('Roll back to {0}', nameOf(wish.to));
  const controller = new AbortController();
  const { signal } = controller;
  const world = rollbackWorld({
    github: open.client,
    repository,
    operations: open.operations,
    ...place,
    pause: (milliseconds) => pause(milliseconds, signal),
  });
  const asked = new Set<number>();
  let unfollow: (() => void) | undefined;
  let known = pending.runId;
  let outcome: Outcome | null = null;
  let runId = known;
  try {
    outcome = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => {
          controller.abort();
        });
        const tell = ({ stage, problem }: News) => {
          const trouble = problem === null ? '' : ` (${showError(problem, open.id).short})`;
          progress.report({ message: `${stageWords(stage)}${trouble}` });
          if (stage.at !== 'asked' && stage.at !== 'dispatching') sent();
          runId = runIdOf(stage) ?? runId;
          if (runId !== null && runId !== known) {
            known = runId;
            followed.add(runId);
            void memory.keep({ ...pending, runId });
            unfollow = open.store.follow(runId);
          }
          if (stage.at === 'waiting') void offerApproval(following, stage, title, asked);
        };
        const already = sentBefore ? { sent: { runId: pending.runId } } : {};
        return carryOut({ wish, world, tell, signal, ...already });
      },
    );
  } catch (error) {
    reportError(l10n.t('The rollback to {0} is not followed any more.', nameOf(wish.to)), error, open.id);
    return;
  } finally {
    sent();
    shown.delete(wish.request);
    if (known !== null) followed.delete(known);
    unfollow?.();
  }
  if (outcome === null) {
    const run = l10n.t('The rollback to {0} goes on; only following it has stopped.', nameOf(wish.to));
    void window.showInformationMessage(run);
    return;
  }
  await memory.forget(pending);
  // The views may take their time; the person should not wait for them.
  void open.store.refresh();
  await showOutcome(following, outcome, wish, runId);
}

function runIdOf(stage: Stage): number | null {
  if ('runId' in stage) return stage.runId;
  return stage.at === 'verifying' ? stage.run.id : null;
}

/** Lets whoever may approve do it here. Asked once for each environment. */
async function offerApproval(
  { open, repository }: Following,
  stage: Extract<Stage, { at: 'waiting' }>,
  title: string,
  asked: Set<number>,
): Promise<void> {
  const pending = stage.pending.filter(({ canApprove, environmentId }) => canApprove && !asked.has(environmentId));
  if (pending.length === 0) return;
  for (const { environmentId } of pending) asked.add(environmentId);
  const names = pending.map(({ environment }) => environment).join(', ');
  const [approve, reject, show] = [l10n.t('Approve'), l10n.t('Reject'), l10n.t('Open Run')];
  const message = l10n.t('{0} waits for your approval in {1}.', title, names);
  const answer = await window.showInformationMessage(message, approve, reject, show);
  if (answer === undefined) return;
  let again = answer === show;
  try {
    const run = await getRun(open.client, { owner: repository.owner, repo: repository.name }, stage.runId);
    if (answer === show) await env.openExternal(Uri.parse(run.url));
    else await open.operations.review(run, pending, answer === approve ? 'approved' : 'rejected', title);
  } catch (error) {
    again = true;
    reportError(l10n.t('The deployment was not answered.'), error, open.id);
  }
  // As long as it waits it may be asked again: an answer can be lost, and a page be closed.
  if (again) for (const { environmentId } of pending) asked.delete(environmentId);
}

/** Tells the end, and offers the way back. */
async function showOutcome(
  { open, again }: Following,
  outcome: Outcome,
  wish: Wish,
  runId: number | null,
): Promise<void> {
  const text = outcomeWords(outcome, wish);
  const [undo, show, retry] = [l10n.t('Undo…'), l10n.t('Open Run'), l10n.t('Try Again…')];
  const moved = 'truth' in outcome && outcome.truth.kind === 'shown' && outcome.truth.latest === wish.to.digest;
  const buttons = [
    ...(moved && wish.from ? [undo] : []),
    ...(outcome.kind === 'refused' || outcome.kind === 'unseen' || outcome.kind === 'failed' ? [retry] : []),
    ...(runId === null ? [] : [show]),
  ];
  const proven = outcome.kind === 'done' && outcome.truth.source === 'registry';
  const tell = proven
    ? window.showInformationMessage
    : outcome.kind === 'failed' || outcome.kind === 'contradicted' || outcome.kind === 'refused'
      ? window.showErrorMessage
      : window.showWarningMessage;
  if (outcome.kind === 'left') return;
  // What went wrong is always told.
  const silent = !workspace.getConfiguration('rustCi').get<boolean>('notifications.rollbacks', true);
  if (silent && proven) return;
  const answer = await tell(text, ...buttons);
  if (answer === undo && wish.from) {
    again({ digest: wish.from.digest, reason: l10n.t('Undo the rollback to {0}', nameOf(wish.to)) });
  } else if (answer === retry) {
    again({ digest: wish.to.digest, reason: wish.reason });
  } else if (answer === show) {
    const { owner, name } = open.id;
    await commands.executeCommand(
      'vscode.open',
      Uri.parse(`${open.client.webUrl}/${owner}/${name}/actions/runs/${runId ?? 0}`),
    );
  }
}

/** Waits, but not on when the person has stopped following. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || milliseconds === 0) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
