import { env, l10n, Uri, window } from 'vscode';
import type { OpenRepository } from '../github/github.js';
import { addressesOf } from '../github/hosts.js';

/** Pages of a repository on GitHub. */
export type Page =
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'release'; readonly tag: string };

/** Opens a page of the repository in the browser. */
export async function openPage(repository: OpenRepository | undefined, page: Page): Promise<void> {
  if (!repository) {
    void window.showInformationMessage(l10n.t('It is not known where this repository lies on GitHub.'));
    return;
  }
  const { host, owner, name } = repository.id;
  const { web } = addressesOf(host);
  await env.openExternal(Uri.parse(`${web.replace(/\/$/, '')}/${owner}/${name}/${pathOf(page)}`));
}

function pathOf(page: Page): string {
  switch (page.kind) {
    case 'commit':
      return `commit/${page.sha}`;
    case 'run':
      return `actions/runs/${page.run}`;
    case 'release':
      return `releases/tag/${page.tag.split('/').map(encodeURIComponent).join('/')}`;
  }
}
