import { env, l10n, ProgressLocation, ThemeIcon, window, workspace } from 'vscode';
import type { Item } from '../../core/delivery/items.js';
import { cleanSecret, secretProblem } from '../../core/delivery/secrets.js';
import { setSecret } from '../../github/set-up/secrets.js';
import { back, quickInput } from '../scaffold/dialog.js';
import type { Checklist } from './checklist.js';
import { loadSodium } from './load-sodium.js';
import { itemTitle, secretProblemWords } from './words.js';

/** Asks for a secret and sends it, sealed. Nothing keeps it: no log, no setting, no file. */
export async function fixSecret(checklist: Checklist, item: Item): Promise<boolean> {
  const { open, wish } = checklist;
  const place = await askPlace(
    item,
    wish.environments.map(({ name }) => name),
  );
  if (place === undefined) return false;
  const value = await askValue(item);
  if (value === undefined) return false;
  const named = { owner: open.id.owner, repo: open.id.name };
  await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Setting {0}…', item.name) },
    async () => {
      const { seal } = await loadSodium();
      await setSecret(open.client, named, { environment: place.environment, name: item.name }, value, seal);
    },
  );
  return true;
}

interface Place {
  readonly environment: string | null;
}

async function askPlace(item: Item, environments: readonly string[]): Promise<Place | undefined> {
  if (item.name === 'CODECOV_TOKEN' || environments.length === 0) return { environment: null };
  const question = {
    title: itemTitle(item),
    placeholder: l10n.t('Where does it belong?'),
    step: 1,
    totalSteps: 2,
    canGoBack: false,
  };
  const answer = await quickInput.one<Place>(question, [
    {
      label: l10n.t('Repository'),
      description: l10n.t('for all jobs; where the workflows of the pipeline read it'),
      icon: 'repo',
      picked: true,
      value: { environment: null },
    },
    ...environments.map((name) => ({
      label: l10n.t('Environment {0}', name),
      description: l10n.t('for jobs of your own that run in it'),
      icon: 'server-environment',
      value: { environment: name },
    })),
  ]);
  return answer === back ? undefined : answer;
}

/** A password box; what has several lines comes from the clipboard or from a file. */
function askValue(item: Item): Promise<string | undefined> {
  const box = window.createInputBox();
  const clipboard = {
    iconPath: new ThemeIcon('clippy'),
    tooltip: l10n.t('Take it from the clipboard, with its lines'),
  };
  const file = { iconPath: new ThemeIcon('file'), tooltip: l10n.t('Read it from a file…') };
  box.title = itemTitle(item);
  box.prompt = l10n.t(
    'It is sealed before it is sent, and kept nowhere here. If it has several lines, take it from the clipboard or a file.',
  );
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = [clipboard, file];
  return new Promise<string | undefined>((resolve) => {
    let choosing = false;
    const take = (text: string) => {
      const value = cleanSecret(item.name, text);
      const problem = secretProblem(item.name, value);
      if (problem !== null) {
        box.validationMessage = secretProblemWords(problem);
        return;
      }
      resolve(value);
      box.hide();
    };
    box.onDidAccept(() => {
      take(box.value);
    });
    box.onDidChangeValue(() => {
      box.validationMessage = '';
    });
    box.onDidTriggerButton(async (button) => {
      choosing = true;
      const text = button === clipboard ? await env.clipboard.readText() : await readChosenFile();
      choosing = false;
      if (text !== undefined) take(text);
      box.show();
    });
    box.onDidHide(() => {
      if (!choosing) resolve(undefined);
    });
    box.show();
  }).finally(() => {
    box.dispose();
  });
}

async function readChosenFile(): Promise<string | undefined> {
  const [uri] = (await window.showOpenDialog({ openLabel: l10n.t('Use as Secret') })) ?? [];
  return uri && new TextDecoder().decode(await workspace.fs.readFile(uri));
}
