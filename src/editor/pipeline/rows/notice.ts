import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { Problem } from '../../../github/problem.js';
import type { OpenRepository } from '../../github/github.js';
import { showError, showProblem, type ShownProblem } from '../../github/problems-shown.js';
import { tooltip } from '../../status/tooltip.js';
import { age } from '../../status/words.js';
import type { Row } from '../../tree/row.js';

/** What stands between the person and what is shown now: a problem, or what signed out costs. Undefined: nothing. */
export function noticeRow({ id, store }: OpenRepository, now: number): Row | undefined {
  const { problem, signedIn } = store.connection;
  const { updatedAt } = store.snapshot;
  if (problem) {
    const since = updatedAt === null ? undefined : l10n.t('as of {0}', age(updatedAt, now));
    return problemRow('notice', showProblem(problem, id), since);
  }
  if (signedIn) return undefined;
  const text = l10n.t(
    'This repository is public, so it can be read signed out: 60 questions an hour, and neither logs nor actions. Sign in for more.',
  );
  return {
    id: 'notice',
    label: l10n.t('Signed out'),
    description: l10n.t('slow, no logs, no actions'),
    icon: new ThemeIcon('account'),
    tooltip: () => tooltip([text], [{ title: l10n.t('Sign In…'), command: 'rustCi.signIn' }]),
    accessible: text,
    tokens: ['notice', 'signedOut'],
    command: { command: 'rustCi.signIn', title: l10n.t('Sign In…') },
  };
}

/** A row that tells why something could not be had; Enter does what helps. */
export function problemRow(id: string, { short, text, button, icon }: ShownProblem, more?: string): Row {
  return {
    id,
    label: short,
    description: more,
    icon: new ThemeIcon(icon, new ThemeColor('list.warningForeground')),
    tooltip: () => tooltip([text], [button]),
    accessible: text,
    tokens: ['notice'],
    command: button && { command: button.command, title: button.title, arguments: [...(button.arguments ?? [])] },
  };
}

/** Why the rows below another one could not be had. */
export function errorRow(error: unknown, id: string, repository: OpenRepository | undefined): Row {
  const where = repository?.id ?? { host: 'github.com', owner: '', name: '' };
  return problemRow(id, showError(error, where));
}

/** The texts of an empty view that are about a problem of the connection. */
export const isWelcome = ({ kind }: Problem): boolean => kind === 'signed-out' || kind === 'offline';
