import { commands, env, l10n, Uri, window, workspace } from 'vscode';
import type { Hindrance } from '../../core/rollback/checks.js';
import type { OpenRepository } from '../github/github.js';

interface Button {
  readonly title: string;
  readonly run: () => unknown;
}

/** Says what stands in the way of a rollback, and offers what helps. */
export async function showHindrance(hindrance: Hindrance, open: OpenRepository): Promise<void> {
  const { text, buttons } = await words(hindrance, open);
  const answer = await window.showWarningMessage(text, ...buttons.map(({ title }) => title));
  await buttons.find(({ title }) => title === answer)?.run();
}

async function words(hindrance: Hindrance, open: OpenRepository): Promise<{ text: string; buttons: Button[] }> {
  const { owner, name, host } = open.id;
  const page = (title: string, path: string): Button => ({
    title,
    run: () => env.openExternal(Uri.parse(`${open.client.webUrl}/${owner}/${name}/${path}`)),
  });
  switch (hindrance.kind) {
    case 'noWorkflow': {
      const file = Uri.joinPath(open.root, '.github/workflows/rollback.yml');
      const here = await workspace.fs.stat(file).then(
        () => true,
        () => false,
      );
      return here
        ? {
            text: l10n.t('rollback.yml is not on the default branch of GitHub yet. Push it there, then roll back.'),
            buttons: [],
          }
        : {
            text: l10n.t('{0} has no rollback.yml, the workflow that rolls back. Scaffold it and push it.', name),
            buttons: [{ title: l10n.t('Scaffold…'), run: () => commands.executeCommand('rustCi.scaffold', open.root) }],
          };
    }
    case 'workflowDisabled':
      return {
        text: l10n.t('rollback.yml is disabled on {0}. Enable it there, then roll back.', host),
        buttons: [page(l10n.t('Open Actions'), 'actions')],
      };
    case 'oldWorkflow':
      return {
        text: l10n.t(
          'rollback.yml on the default branch has no input {0}, so a rollback could not be followed safely. Update it and push it.',
          hindrance.missing.join(', '),
        ),
        buttons: [{ title: l10n.t('Update Rust CI…'), run: () => commands.executeCommand('rustCi.update', open.root) }],
      };
    case 'noRole':
      return {
        text: l10n.t(
          'A rollback needs the role "write" in {0}/{1}; this account has {2}. Ask {0} for it, or somebody who has it to roll back.',
          owner,
          name,
          hindrance.role === null ? l10n.t('another one') : `"${hindrance.role}"`,
        ),
        buttons: [
          {
            title: l10n.t('Choose Account…'),
            run: () => commands.executeCommand('rustCi.chooseAccount', { host }),
          },
        ],
      };
    case 'noImage':
      return {
        text: l10n.t(
          'GitHub shows this account no image of {0}. The first one comes with the first version tag; if there is one, ask {1} for access to the package.',
          name,
          owner,
        ),
        buttons: [page(l10n.t('Open Packages'), 'pkgs/container/' + encodeURIComponent(name.toLowerCase()))],
      };
    case 'notAdmitted':
      return {
        text: l10n.t(
          'The environment production lets nothing from {0} in, where rollback.yml runs, so a rollback would fail. Allow {0} to deploy, then roll back.',
          hindrance.branch,
        ),
        buttons: [
          { title: l10n.t('Set Up Delivery'), run: () => commands.executeCommand('rustCi.setUpDelivery') },
          page(l10n.t('Open Environments'), 'settings/environments'),
        ],
      };
    case 'noCandidates':
      return {
        text: l10n.t('There is no other image of {0} to go back to.', name),
        buttons: [],
      };
    case 'busy': {
      const { run } = hindrance;
      return {
        text: l10n.t(
          '{0} #{1} is moving latest right now ({2}). Wait for it, or cancel it, then roll back.',
          run.name,
          run.number,
          run.title,
        ),
        buttons: [{ title: l10n.t('Open Run'), run: () => env.openExternal(Uri.parse(run.url)) }],
      };
    }
  }
}
