import { env, l10n, window } from 'vscode';
import { planEnvironment } from '../../core/delivery/environment.js';
import type { EnvironmentWish, Reviewer } from '../../core/delivery/environment.js';
import type { Item } from '../../core/delivery/items.js';
import { readEnvironment } from '../../github/environments.js';
import { listReviewers } from '../../github/set-up/people.js';
import { writeEnvironment } from '../../github/set-up/write.js';
import { back, quickInput } from '../scaffold/dialog.js';
import type { Checklist } from './checklist.js';
import { pageOf } from './checklist.js';
import { agreed } from './agreed.js';
import { itemTitle, keptLines, whyWords } from './words.js';

/** Asks who approves and how long it waits, shows what changes, and writes it. */
export async function fixEnvironment(checklist: Checklist, item: Item): Promise<boolean> {
  const { open, now, wish } = checklist;
  const wanted = wish.environments.find(({ name }) => name === item.name);
  if (!wanted) return false;
  const named = { owner: open.id.owner, repo: open.id.name };
  // As it is at this moment: others may have changed it since the list was read.
  const current = await readEnvironment(open.client, named, item.name);
  const asked = now.limits.reviewers === false ? wanted : await ask(checklist, wanted, current?.waitTimer ?? 0);
  if (!asked) return false;
  const plan = planEnvironment(current, asked);
  const conflicts = plan.conflicts.map((conflict) => whyWords({ kind: 'environmentConflict', conflict }, open.id));
  if (plan.changes.length === 0) {
    if (conflicts.length > 0) void leadToGitHub(checklist, item, conflicts.join(' '));
    return conflicts.length === 0;
  }
  if (!(await agreed(item, plan.changes, keptLines(current), conflicts))) return false;
  await writeEnvironment(open.client, named, item.name, plan);
  return true;
}

/** Nothing waits for the answer, which may never come. */
async function leadToGitHub(checklist: Checklist, item: Item, text: string): Promise<void> {
  const button = l10n.t('Open on GitHub');
  const answer = await window.showWarningMessage(`${itemTitle(item)}: ${text}`, button);
  if (answer === button) await env.openExternal(pageOf(checklist, 'settings/environments'));
}

async function ask(checklist: Checklist, wish: EnvironmentWish, waits: number): Promise<EnvironmentWish | undefined> {
  const title = itemTitle({ kind: 'environment', name: wish.name });
  const known = checklist.now.environments.get(wish.name);
  const set = known && 'value' in known ? (known.value?.reviewers ?? []) : [];
  for (;;) {
    const reviewers = await askReviewers(checklist, title, set);
    if (!reviewers) return undefined;
    const question = {
      title,
      placeholder: l10n.t('Minutes to wait before a deployment starts, after it was approved; 0 for none'),
      step: 2,
      totalSteps: 2,
      canGoBack: true,
    };
    const minutes = await quickInput.text(question, String(waits), (value) =>
      /^\d{1,5}$/.test(value) && Number(value) <= 43_200 ? undefined : l10n.t('A number of minutes, 43200 at most.'),
    );
    if (minutes === back) continue;
    return minutes === undefined ? undefined : { ...wish, reviewers, waitTimer: Number(minutes) };
  }
}

async function askReviewers(
  { open, repository }: Checklist,
  title: string,
  set: readonly Reviewer[],
): Promise<readonly Reviewer[] | undefined> {
  const people = await quickInput.wait(title, l10n.t('Asking who has access…'), listReviewers(open.client, repository));
  if (!people) return undefined;
  const others = people.filter((one) => !set.some(({ type, id }) => type === one.type && id === one.id));
  const placeholder =
    set.length === 0
      ? l10n.t('Who may approve? One of them has to')
      : l10n.t('Who may approve, besides {0}?', set.map(({ name }) => name).join(', '));
  const question = { title, placeholder, step: 1, totalSteps: 2, canGoBack: false };
  const answer = await quickInput.many<Reviewer>(
    question,
    others.map((one) => ({
      label: one.name,
      description: one.type === 'Team' ? l10n.t('team') : '',
      icon: one.type === 'Team' ? 'organization' : 'person',
      value: one,
    })),
  );
  return Array.isArray(answer) ? answer : undefined;
}
