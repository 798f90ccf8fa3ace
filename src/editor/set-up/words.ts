import { l10n } from 'vscode';
import type { PolicyConflict } from '../../core/delivery/actions-policy.js';
import type { Change } from '../../core/delivery/change.js';
import type { EnvironmentConflict, EnvironmentNow } from '../../core/delivery/environment.js';
import type { Item, ItemState, Why } from '../../core/delivery/items.js';
import type { SecretProblem } from '../../core/delivery/secrets.js';
import type { RepositoryId } from '../../github/store.js';
import { showError } from '../github/problems-shown.js';

export function itemTitle({ kind, name }: Pick<Item, 'kind' | 'name'>): string {
  switch (kind) {
    case 'plan':
      return l10n.t('Plan of the owner');
    case 'environment':
      return l10n.t('Environment {0}', name);
    case 'secret':
      return l10n.t('Secret {0}', name);
    case 'checks':
      return l10n.t('Required checks');
    case 'permissions':
      return l10n.t('Permissions of workflows');
    case 'policy':
      return l10n.t('Actions pinned to commits');
    case 'dependabot':
      return l10n.t('Dependabot');
    case 'package':
      return l10n.t('Container package');
  }
}

export function stateWord(state: ItemState): string {
  switch (state) {
    case 'done':
      return l10n.t('set up');
    case 'todo':
      return l10n.t('to do');
    case 'attention':
      return l10n.t('look at it');
    case 'optional':
      return l10n.t('optional');
    case 'impossible':
      return l10n.t('not possible here');
    case 'unknown':
      return l10n.t('not known');
  }
}

/** One change, as a line of a diff. */
export function changeLine(change: Change): string {
  switch (change.kind) {
    case 'create':
      return `+ ${l10n.t('create {0}', change.what)}`;
    case 'add':
      return `+ ${addedWhat(change.what)}: ${change.value}`;
    case 'set':
      return `~ ${settingName(change.what)}: ${valueWord(change.from)} → ${valueWord(change.to)}`;
  }
}

function addedWhat(what: string): string {
  switch (what) {
    case 'reviewer':
      return l10n.t('required reviewer');
    case 'branch':
      return l10n.t('branch that may deploy');
    case 'tag':
      return l10n.t('tag that may deploy');
    case 'check':
      return l10n.t('required check');
    case 'action':
      return l10n.t('allowed action');
    default:
      return what;
  }
}

function settingName(what: string): string {
  switch (what) {
    case 'waitTimer':
      return l10n.t('wait timer in minutes');
    case 'branches':
      return l10n.t('what may deploy');
    case 'workflowPermissions':
      return l10n.t('what workflows may do unless they say otherwise');
    case 'shaPinning':
      return l10n.t('actions must be pinned to a commit');
    case 'actions':
      return l10n.t('GitHub Actions');
    case 'githubOwned':
      return l10n.t('actions by GitHub');
    case 'enforcement':
      return l10n.t('the ruleset');
    case 'alerts':
      return l10n.t('Dependabot alerts');
    case 'fixes':
      return l10n.t('Dependabot security updates');
    default:
      return what;
  }
}

function valueWord(value: string): string {
  switch (value) {
    case 'any':
      return l10n.t('anything');
    case 'custom':
      return l10n.t('only what is listed');
    case 'on':
      return l10n.t('on');
    case 'off':
      return l10n.t('off');
    case 'read':
      return l10n.t('read only');
    case 'write':
      return l10n.t('read and write');
    default:
      return value;
  }
}

/** Why an item is as it is, in a sentence each. */
export function whyWords(why: Why, id: RepositoryId): string {
  switch (why.kind) {
    case 'changes':
      return why.changes.map(changeLine).join('; ');
    case 'noReviewers':
      return l10n.t('Nobody has to approve what goes to production.');
    case 'environmentConflict':
      return environmentConflictWords(why.conflict);
    case 'policyConflict':
      return policyConflictWords(why.conflict);
    case 'planLacks':
      return planLacks(why.what);
    case 'planUnknown':
      return l10n.t(
        'GitHub does not tell the plan. A private repository needs a paid plan for environments and rulesets, and GitHub Enterprise for required reviewers.',
      );
    case 'noSecret':
      return l10n.t('Not set: what needs it is left out.');
    case 'noOtherSecret':
      return l10n.t('Not set, and a workflow reads it.');
    case 'secretElsewhere':
      return l10n.t(
        'Set in {0} only, but the jobs that need it run outside environments: set it in the repository.',
        why.environments.join(', '),
      );
    case 'noDependabotFile':
      return l10n.t('There is no .github/dependabot.yml on the default branch: scaffold the pipeline and push it.');
    case 'noImageYet':
      return l10n.t('No image was pushed yet. It comes with the first version tag.');
    case 'notLinked':
      return l10n.t(
        'The package is not linked to {0}/{1}, so its workflows may not push. Link it in the settings of the package.',
        id.owner,
        id.name,
      );
    case 'privateImage':
      return l10n.t('The repository is public, its image is not: nobody else can pull it.');
    case 'problem':
      return showError(why.problem, id).text;
  }
}

function planLacks(what: 'environments' | 'reviewers' | 'rulesets'): string {
  switch (what) {
    case 'environments':
      return l10n.t('This plan has no environments for private repositories. GitHub Pro or Team has them.');
    case 'reviewers':
      return l10n.t(
        'This plan has no required reviewers and wait timers for private repositories. Public repositories and GitHub Enterprise have them.',
      );
    case 'rulesets':
      return l10n.t('This plan has no rulesets for private repositories. GitHub Pro or Team has them.');
  }
}

function environmentConflictWords(conflict: EnvironmentConflict): string {
  switch (conflict.kind) {
    case 'protectedOnly':
      return l10n.t(
        'Only protected branches may deploy, so {0} cannot. Somebody chose that, so it stays: change it on GitHub if the pipeline is to deliver.',
        conflict.missing.map(({ name }) => name).join(', '),
      );
    case 'manyReviewers':
      return l10n.t(
        'GitHub takes six reviewers at most; left out: {0}.',
        conflict.left.map(({ name }) => name).join(', '),
      );
  }
}

function policyConflictWords(conflict: PolicyConflict): string {
  switch (conflict.kind) {
    case 'localOnly':
      return l10n.t(
        'Only actions of the own organization are allowed, so the pipeline cannot run: {0}. Somebody chose that, so it stays.',
        conflict.needed.join(', '),
      );
    case 'noPinning':
      return l10n.t('This GitHub cannot ask for pinned actions. The linter does.');
  }
}

/** What of an environment stays, in lines. */
export function keptLines(now: EnvironmentNow | null): string[] {
  if (!now) return [];
  return [
    ...(now.reviewers.length > 0
      ? [`  ${l10n.t('required reviewer')}: ${now.reviewers.map(({ name }) => name).join(', ')}`]
      : []),
    ...(now.waitTimer > 0 ? [`  ${settingName('waitTimer')}: ${now.waitTimer}`] : []),
    ...(now.preventSelfReview ? [`  ${l10n.t('nobody approves their own deployment')}`] : []),
    ...now.policies.map(({ name, type }) => `  ${addedWhat(type)}: ${name}`),
  ];
}

export function secretProblemWords(problem: SecretProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('It is empty.');
    case 'long':
      return l10n.t('GitHub takes 48 kB at most.');
    case 'notAWebhook':
      return l10n.t('It should be an address that begins with https://.');
    case 'spaces':
      return l10n.t('It has spaces or line breaks in it.');
  }
}
