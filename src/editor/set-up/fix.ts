import { commands, env, l10n, Uri, window } from 'vscode';
import { planPermissions, planPolicy } from '../../core/delivery/actions-policy.js';
import type { Change } from '../../core/delivery/change.js';
import { planChecks } from '../../core/delivery/checks.js';
import type { Item, Known } from '../../core/delivery/items.js';
import { switchDependabotOn, writeChecks, writePermissions, writePolicy } from '../../github/set-up/write.js';
import { reportError, showError } from '../github/problems-shown.js';
import type { Checklist } from './checklist.js';
import { pageOf } from './checklist.js';
import { fixEnvironment } from './fix-environment.js';
import { fixSecret } from './fix-secret.js';
import { changeLine, itemTitle, whyWords } from './words.js';

/**
 * Puts one item right: shows what would change and writes it when the person says so, or leads to where it can be changed.
 * @returns whether something may have changed, so that the list must be read again
 */
export async function fix(checklist: Checklist, item: Item): Promise<boolean> {
  const { repository, open } = checklist;
  const { problem } = problemOf(item) ?? {};
  if (problem !== undefined) return offerHelp(checklist, item, problem);
  if (repository.canAdminister === false && item.kind !== 'plan' && item.kind !== 'package') {
    const { owner, name } = open.id;
    const message = l10n.t('Changing this needs the role "admin" in {0}/{1}. Ask {0} for it.', owner, name);
    void window.showWarningMessage(message);
    return false;
  }
  try {
    return await fixKind(checklist, item);
  } catch (error) {
    // What was written before is there: the list is read again, and says so.
    reportError(l10n.t('{0} is not set up.', itemTitle(item)), error, open.id);
    return true;
  }
}

async function fixKind(checklist: Checklist, item: Item): Promise<boolean> {
  const { now, wish, open } = checklist;
  const named = { owner: open.id.owner, repo: open.id.name };
  switch (item.kind) {
    case 'environment':
      return fixEnvironment(checklist, item);
    case 'secret':
      return fixSecret(checklist, item);
    case 'checks': {
      const plan = planChecks(valueOf(now.checks), wish);
      if (!(await agreed(item, plan.changes))) return false;
      await writeChecks(open.client, named, plan);
      return true;
    }
    case 'permissions': {
      const plan = planPermissions(valueOf(now.permissions));
      if (!(await agreed(item, plan.changes))) return false;
      await writePermissions(open.client, named, plan);
      return true;
    }
    case 'policy': {
      const plan = planPolicy(valueOf(now.policy), wish.uses);
      if (plan.changes.length === 0) return openPage(checklist, item, 'settings/actions');
      if (!(await agreed(item, plan.changes))) return false;
      await writePolicy(open.client, named, plan);
      return true;
    }
    case 'dependabot': {
      const changes = item.why.flatMap((why) => (why.kind === 'changes' ? why.changes : []));
      if (changes.length === 0) {
        await commands.executeCommand('rustCi.scaffold', open.root);
        return false;
      }
      if (!(await agreed(item, changes))) return false;
      await switchDependabotOn(open.client, named, valueOf(now.dependabot));
      return true;
    }
    case 'package': {
      const found = 'value' in now.package ? now.package.value : null;
      if (found) await env.openExternal(Uri.parse(found.url));
      return false;
    }
    case 'plan':
      await env.openExternal(Uri.parse('https://docs.github.com/get-started/learning-about-github/githubs-plans'));
      return false;
  }
}

/** Shows what would change; true when the person wants it. */
export async function agreed(
  item: Pick<Item, 'kind' | 'name'>,
  changes: readonly Change[],
  kept: readonly string[] = [],
): Promise<boolean> {
  const write = l10n.t('Write');
  const stays =
    kept.length > 0 ? [l10n.t('This stays as it is:'), ...kept] : [l10n.t('Everything else stays as it is.')];
  const detail = [...changes.map(changeLine), '', ...stays].join('\n');
  const message = l10n.t('{0}: write this to GitHub?', itemTitle(item));
  return (await window.showInformationMessage(message, { modal: true, detail }, write)) === write;
}

/** Leads to the settings on GitHub, with the reason. */
async function openPage(checklist: Checklist, item: Item, path: string): Promise<boolean> {
  const open = l10n.t('Open on GitHub');
  const text = item.why.map((why) => whyWords(why, checklist.open.id)).join(' ');
  if ((await window.showWarningMessage(text, open)) === open) await env.openExternal(pageOf(checklist, path));
  return false;
}

async function offerHelp({ open }: Checklist, item: Item, problem: unknown): Promise<boolean> {
  const { text, button } = showError(problem, open.id);
  const message = `${itemTitle(item)}: ${text}`;
  const answer = await window.showWarningMessage(message, ...(button ? [button.title] : []));
  if (button && answer === button.title) await commands.executeCommand(button.command, ...(button.arguments ?? []));
  return answer !== undefined;
}

function problemOf({ why }: Item): { readonly problem: unknown } | undefined {
  return why.find((one) => one.kind === 'problem');
}

export function valueOf<T>(known: Known<T>): T {
  if ('value' in known) return known.value;
  throw known.problem instanceof Error ? known.problem : new Error(String(known.problem));
}
