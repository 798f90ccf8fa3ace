import { Uri } from 'vscode';
import { itemsOf, wishOf } from '../../core/delivery/items.js';
import type { DeliveryNow, DeliveryWish, Item } from '../../core/delivery/items.js';
import { secretsReadBy } from '../../core/delivery/secrets.js';
import { defaultOptions } from '../../core/pipeline/options.js';
import { readManifest } from '../../core/scaffold/manifest.js';
import { templates } from '../../core/scaffold/templates.js';
import { getRepository, type RepositoryFacts } from '../../github/api/repository.js';
import { readDelivery } from '../../github/set-up/read.js';
import type { OpenRepository } from '../github/github.js';
import { EditorWorkspace } from '../scaffold/workspace.js';

/** The checklist of one repository, as GitHub was when it was read. */
export interface Checklist {
  readonly open: OpenRepository;
  readonly repository: RepositoryFacts;
  readonly now: DeliveryNow;
  readonly wish: DeliveryWish;
  readonly items: readonly Item[];
}

/** The id of GitHub Actions among the apps of github.com. */
const actionsApp = 15_368;

/** Reads the checklist. Rejects with GitHubError when not even the repository is shown. */
export async function readChecklist(open: OpenRepository): Promise<Checklist> {
  const { client, id, root } = open;
  const files = new EditorWorkspace(root);
  const [repository, manifest, workflows] = await Promise.all([
    getRepository(client, { owner: id.owner, repo: id.name }),
    readManifest(files).catch(() => undefined),
    readWorkflows(files),
  ]);
  const options = manifest?.options ?? { ...defaultOptions, defaultBranch: repository.defaultBranch };
  const wish = wishOf(options, usedActions(), id.host === 'github.com' ? actionsApp : null, secretsReadBy(workflows));
  const now = await readDelivery(client, repository, wish);
  return { open, repository, now, wish, items: itemsOf(now, wish) };
}

/** The texts of the workflows in the working copy, as far as they can be read. */
async function readWorkflows(files: EditorWorkspace): Promise<string[]> {
  const folder = '.github/workflows';
  const names = await files.list(folder).catch(() => []);
  const texts = names
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => files.read(`${folder}/${name}`).catch(() => undefined));
  return (await Promise.all(texts)).filter((text) => text !== undefined);
}

/** The actions that the workflows of the pipeline use. */
export function usedActions(): string[] {
  const found = [...templates.values()].flatMap((text) =>
    [...text.matchAll(/uses: ([\w.-]+\/[\w.-]+)(?:\/[^@\s]*)?@/g)].map(([, action]) => action ?? ''),
  );
  return [...new Set(found)].sort();
}

/** A page of the repository on GitHub. */
export const pageOf = ({ open }: Checklist, path: string): Uri =>
  Uri.parse(`${open.client.webUrl}/${open.id.owner}/${open.id.name}/${path}`);
