import { commands, l10n, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { NewsReader, type News } from '../../core/status/news.js';
import type { Feature } from '../feature.js';
import { followed } from '../rollback/followed.js';
import { repositoryKey } from '../github/repository-key.js';

/** How many told events are remembered, so that no other window tells them again. */
const remembered = 50;
const toldKey = 'rustCi.told';

/** Milliseconds that a window without the focus waits, so that the one in use tells first. */
const courtesy = 2000;

/** Tells what was asked to be told: a run on the branch has failed, a deployment waits for this person. */
export const notifications: Feature = (context, { github }) => {
  const readers = new Map<string, NewsReader>();
  return github.onDidChange(() => {
    const { current } = github;
    if (!current) return;
    const key = repositoryKey(current.id);
    const reader = readers.get(key) ?? new NewsReader();
    readers.set(key, reader);
    for (const news of reader.read(current.store.snapshot)) {
      if (wanted(news) && !followed.has(runOf(news).id)) void tell(context, news, `${key}/${news.key}`);
    }
  });
};

const settingOf = { failed: 'notifications.failedRuns', approval: 'notifications.approvals' } as const;

const runOf = (news: News) => (news.kind === 'failed' ? news.run : news.approval.run);

const wanted = ({ kind }: News) => workspace.getConfiguration('rustCi').get<boolean>(settingOf[kind], true);

async function tell({ globalState }: ExtensionContext, news: News, key: string): Promise<void> {
  if (!window.state.focused) await new Promise((resolve) => setTimeout(resolve, courtesy));
  const told = globalState.get<readonly string[]>(toldKey) ?? [];
  if (told.includes(key)) return;
  await globalState.update(toldKey, [...told, key].slice(-remembered));
  const never = l10n.t("Don't Tell Me");
  if (news.kind === 'failed') {
    const { run } = news;
    const show = l10n.t('Show');
    const text = l10n.t('{0} #{1} failed on {2}: {3}', run.name, run.number, run.branch ?? '', run.title);
    const answer = await window.showErrorMessage(text, show, never);
    if (answer === show) await commands.executeCommand('rustCi.revealRun', run.id);
    if (answer === never) await switchOff(settingOf.failed);
  } else {
    const { run, pending } = news.approval;
    const approve = l10n.t('Approve…');
    const reject = l10n.t('Reject…');
    const text = l10n.t(
      '{0} waits for your approval: {1} #{2}, {3}',
      pending.environment,
      run.name,
      run.number,
      run.title,
    );
    const answer = await window.showInformationMessage(text, approve, reject, never);
    const row = { target: { kind: 'approval', run, pending } };
    if (answer === approve) await commands.executeCommand('rustCi.approve', row);
    if (answer === reject) await commands.executeCommand('rustCi.reject', row);
    if (answer === never) await switchOff(settingOf.approval);
  }
}

const switchOff = (setting: string) => workspace.getConfiguration('rustCi').update(setting, false, true);
