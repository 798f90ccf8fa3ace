import { commands, env, l10n, Uri, window } from 'vscode';
import { planPermissions, planPolicy } from '../../core/delivery/actions-policy.js';
import { planChecks } from '../../core/delivery/checks.js';
import type { Item } from '../../core/delivery/items.js';
import { readChecks, readDependabot, readPermissions, readPolicy } from '../../github/set-up/read.js';
import { switchDependabotOn, writeChecks, writePermissions, writePolicy } from '../../github/set-up/write.js';
import { reportError, showError } from '../github/problems-shown.js';
import { agreed } from './agreed.js';
import type { Checklist } from './checklist.js';
import { pageOf } from './checklist.js';
import { fixEnvironment } from './fix-environment.js';
import { fixSecret } from './fix-secret.js';
import { itemTitle, whyWords } from './words.js';

/**
 * Puts one item right: shows what would change and writes it when the person says so, or leads to where it can be changed.
 * @returns whether something may have changed, so that the list must be read again
 */
export async function fix(checklist: Checklist, item: Item): Promise<boolean> {
  const { repository, open } = checklist;
  const { problem } = problemOf(item) ?? {};
  if (problem !== undefined) return after(offerHelp(checklist, item, problem));
  // What the plan does not have is not tried.
  if (item.state === 'impossible') return after(openPage(checklist, item, 'settings'));
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
  // Each is read again at this moment: others may have changed it since the list was read.
  switch (item.kind) {
    case 'environment':
      return fixEnvironment(checklist, item);
    case 'secret':
      return fixSecret(checklist, item);
    case 'checks': {
      const plan = planChecks(await readChecks(open.client, named, checklist.repository.defaultBranch), wish);
      if (!(await agreed(item, plan.changes))) return false;
      await writeChecks(open.client, named, plan);
      return true;
    }
    case 'permissions': {
      const plan = planPermissions(await readPermissions(open.client, named));
      if (!(await agreed(item, plan.changes))) return false;
      await writePermissions(open.client, named, plan);
      return true;
    }
    case 'policy': {
      const plan = planPolicy(await readPolicy(open.client, named), wish.uses);
      if (plan.changes.length === 0) return after(openPage(checklist, item, 'settings/actions'));
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
      await switchDependabotOn(open.client, named, await readDependabot(open.client, named));
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

/** A notification may stay unanswered for ever: nothing waits for it, and no other item is locked meanwhile. */
function after(notification: Promise<void>): boolean {
  void notification;
  return false;
}

/** Leads to the settings on GitHub, with the reason. */
async function openPage(checklist: Checklist, item: Item, path: string): Promise<void> {
  const open = l10n.t('Open on GitHub');
  const text = item.why.map((why) => whyWords(why, checklist.open.id)).join(' ');
  const answer = await window.showWarningMessage(`${itemTitle(item)}: ${text}`, open);
  if (answer === open) await env.openExternal(pageOf(checklist, path));
}

async function offerHelp({ open }: Checklist, item: Item, problem: unknown): Promise<void> {
  const { text, button } = showError(problem, open.id);
  const message = `${itemTitle(item)}: ${text}`;
  const answer = await window.showWarningMessage(message, ...(button ? [button.title] : []));
  if (!button || answer !== button.title) return;
  await commands.executeCommand(button.command, ...(button.arguments ?? []));
  await commands.executeCommand('rustCi.refreshSetUp');
}

function problemOf({ why }: Item): { readonly problem: unknown } | undefined {
  return why.find((one) => one.kind === 'problem');
}
