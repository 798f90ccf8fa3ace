import { env, l10n, ThemeIcon, Uri, window } from 'vscode';
import type { Disposable } from 'vscode';
import { GitHubError } from '../../github/problem.js';
import { registerCommands } from '../commands.js';
import { addressesOf, enterpriseUrl, providerOf } from './hosts.js';
import { loadClient } from './load-client.js';
import { openPage, reportError, showError } from './problems-shown.js';
import type { WindowGitHub } from './window-github.js';
import type { Candidate } from './repositories.js';

/** What the buttons under problems add to the command. */
interface Wanted {
  readonly host?: string;
  /** The images are wanted, which need more than the usual. */
  readonly images?: boolean;
  /** What is signed in now was refused. */
  readonly again?: boolean;
}

/** Signing in and out, and which repository is shown. */
export function accountCommands(github: WindowGitHub): Disposable {
  return registerCommands({
    'rustCi.signIn': (wanted?: Wanted) => signIn(github, wanted ?? {}),
    'rustCi.signOut': () => signOut(github),
    'rustCi.useToken': (wanted?: Wanted) => useToken(github, wanted ?? {}),
    'rustCi.chooseAccount': (wanted?: Wanted) => chooseAccount(github, wanted ?? {}),
    'rustCi.selectRepository': () => selectRepository(github),
    'rustCi.refresh': () => refresh(github),
    'rustCi.openPage': openPage,
  });
}

/** The host that is meant: of the button, of the repository that is shown, or of the settings. */
async function hostOf(github: WindowGitHub, { host }: Wanted): Promise<string> {
  if (host !== undefined) return host;
  const current = await github.open();
  return current?.id.host ?? enterpriseUrl()?.host ?? 'github.com';
}

async function signIn(github: WindowGitHub, wanted: Wanted): Promise<void> {
  const host = await hostOf(github, wanted);
  // A token that the person entered stays a token: VS Code's session may not be there at all.
  const byToken = github.account(host)?.kind === 'token' || providerOf(host) === undefined;
  if (byToken) {
    await useToken(github, { ...wanted, host });
    return;
  }
  await github.signIn.signIn(host, wanted);
}

async function chooseAccount(github: WindowGitHub, wanted: Wanted): Promise<void> {
  const host = await hostOf(github, wanted);
  const accounts = await github.signIn.accounts(host);
  const now = github.account(host);
  const rows = [
    ...accounts.map((account) => ({
      label: account.label,
      description: now?.kind === 'session' && now.label === account.label ? l10n.t('in use') : '',
      run: () => github.signIn.choose(host, account),
    })),
    ...(providerOf(host) === undefined
      ? []
      : [{ label: l10n.t('Sign In With Another Account…'), description: '', run: () => github.signIn.another(host) }]),
    { label: l10n.t('Use a Personal Access Token…'), description: '', run: () => useToken(github, { host }) },
  ];
  const picked = await window.showQuickPick(rows, {
    title: l10n.t('Account for {0}', host),
    placeHolder: l10n.t('With which account is GitHub asked?'),
  });
  await picked?.run();
}

async function signOut(github: WindowGitHub): Promise<void> {
  const host = await hostOf(github, {});
  const account = github.account(host);
  if (!account) {
    void window.showInformationMessage(l10n.t('Nobody is signed in to {0}.', host));
    return;
  }
  await github.signIn.signOut(host);
  void window.showInformationMessage(
    account.kind === 'token'
      ? l10n.t('The token for {0} is forgotten. To make it useless, delete it on {0} as well.', host)
      : l10n.t(
          'Rust CI no longer uses the account {0}. VS Code keeps it: it is removed in the Accounts menu.',
          account.label,
        ),
  );
}

/** Asks for a token, tries it, and keeps it only if the host knows whose it is. */
async function useToken(github: WindowGitHub, wanted: Wanted): Promise<void> {
  const host = await hostOf(github, wanted);
  const { api, web } = addressesOf(host);
  const title = l10n.t('Personal Access Token for {0}', host);
  const make = { iconPath: new ThemeIcon('link-external'), tooltip: l10n.t('Make a Token on {0}', host) };
  const input = window.createInputBox();
  input.title = title;
  input.password = true;
  input.ignoreFocusOut = true;
  input.placeholder = l10n.t('github_pat_… or ghp_…');
  input.prompt = l10n.t(
    'Classic: scopes repo and workflow. Fine-grained: Actions and Deployments read and write; Checks, Contents and Metadata read.',
  );
  input.buttons = [make];
  input.onDidTriggerButton(() => void env.openExternal(Uri.parse(`${web}/settings/tokens`)));
  const owner = await new Promise<{ token: string; login: string } | undefined>((resolve) => {
    input.onDidHide(() => {
      resolve(undefined);
    });
    input.onDidChangeValue(() => {
      input.validationMessage = '';
    });
    const attempt = async () => {
      const token = input.value.trim();
      if (token === '' || input.busy) return;
      input.busy = true;
      input.enabled = false;
      try {
        const { whoAmI } = await loadClient();
        resolve({ token, login: await whoAmI({ api, web }, token) });
        input.hide();
      } catch (error) {
        const refused = error instanceof GitHubError && error.problem.kind === 'unauthorized';
        input.validationMessage = refused
          ? l10n.t('{0} does not accept this token.', host)
          : showError(error, { host, owner: '', name: '' }).text;
      } finally {
        input.busy = false;
        input.enabled = true;
      }
    };
    input.onDidAccept(() => void attempt());
    input.show();
  });
  input.dispose();
  if (owner) await github.signIn.keepToken(host, owner.token, owner.login);
}

async function selectRepository(github: WindowGitHub): Promise<void> {
  await github.open();
  const copies = github.workingCopies;
  const rows = copies.flatMap(({ candidates }) => candidates.map(toRow));
  if (rows.length === 0) {
    void window.showInformationMessage(l10n.t('No folder of this window has a remote on GitHub.'));
    return;
  }
  const picked = await window.showQuickPick(rows, {
    title: l10n.t('Repository'),
    placeHolder: l10n.t('Which repository does the sidebar show?'),
  });
  if (picked) await github.choose(picked.candidate);
}

function toRow(candidate: Candidate) {
  const { id, remote, root } = candidate;
  return {
    label: `$(repo) ${id.owner}/${id.name}`,
    description: [remote, id.host === 'github.com' ? undefined : id.host].filter(Boolean).join(', '),
    detail: root.scheme === 'file' ? root.fsPath : root.toString(true),
    candidate,
  };
}

async function refresh(github: WindowGitHub): Promise<void> {
  const repository = await github.open();
  await window.withProgress({ location: { viewId: 'rustCi.pipeline' } }, async () => {
    try {
      await repository?.store.refresh();
    } catch (error) {
      if (repository) reportError(l10n.t('It could not be refreshed.'), error, repository.id);
    }
  });
}
