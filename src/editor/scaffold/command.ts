import { l10n, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { choose } from '../../core/pipeline/choose.js';
import type { PipelineOptions } from '../../core/pipeline/options.js';
import { detect } from '../../core/pipeline/project.js';
import type { ProjectShape } from '../../core/pipeline/project.js';
import { readManifest } from '../../core/scaffold/manifest.js';
import type { Manifest } from '../../core/scaffold/manifest.js';
import { plan } from '../../core/scaffold/plan.js';
import type { Choices } from '../../core/scaffold/plan.js';
import { back } from './dialog.js';
import { decide } from './decisions.js';
import type { Desk } from './decisions.js';
import { findPipelines, findTarget, pickFolder } from './folder.js';
import type { Target } from './folder.js';
import { ask } from './flow.js';
import { showNoFolder, showNoPipeline, showProblem, showUpToDate } from './messages.js';
import { questions } from './questions/questions.js';
import type { Draft, Offer } from './questions/questions.js';
import type { Outcome, Review } from './review.js';
import { EditorWorkspace } from './workspace.js';

/** What the commands work with. */
export interface Tools extends Desk {
  readonly review: Review;
}

/** Asks for a pipeline, shows it, and writes it when the person says so. */
export async function scaffold(tools: Tools, pointed?: Uri): Promise<void> {
  const title = l10n.t('Scaffold Rust CI');
  const folders = workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
  if (!pointed && folders.length === 0) return showNoFolder();
  const question = l10n.t('Which folder gets the pipeline?');
  const folder = pointed ?? (await pickFolder(tools.dialog, title, folders, question));
  if (!folder) return;
  let root = folder;
  try {
    const target = await findTarget(tools.dialog, title, folder);
    if (!target) return;
    root = target.root;
    const found = await tools.dialog.wait(title, l10n.t('Reading the project…'), look(target));
    if (!found) return;
    const draft: Draft = { options: found.options, customise: false };
    for (let outcome: Outcome = back; outcome === back;) {
      const steps = () => questions(tools.dialog, found.shape, draft, offer(found));
      if (!(await ask(title, steps, 1))) return;
      outcome = await propose(
        tools,
        { title, root, options: draft.options, notices: found.shape.notices },
        steps().length,
      );
    }
  } catch (error) {
    await showProblem(error, { root, elsewhere: () => scaffold(tools) });
  }
}

/** Renders the pipeline of a repository again, with the options it has, and merges what was edited. */
export async function update(tools: Tools, pointed?: Uri): Promise<void> {
  const title = l10n.t('Update Rust CI');
  const pipelines = pointed ? [pointed] : await findPipelines();
  if (pipelines.length === 0) return showNoPipeline();
  const root = await pickFolder(tools.dialog, title, pipelines, l10n.t('Which pipeline is brought up to date?'));
  if (!root) return;
  try {
    const manifest = await readManifest(new EditorWorkspace(root));
    if (manifest) await propose(tools, { title, root, options: manifest.options, notices: [] }, 0);
    else await showNoPipeline();
  } catch (error) {
    await showProblem(error, { root, elsewhere: () => update(tools) });
  }
}

interface Found {
  readonly shape: ProjectShape;
  readonly manifest: Manifest | undefined;
  readonly options: PipelineOptions;
}

async function look({ root, inside }: Target): Promise<Found> {
  const files = new EditorWorkspace(root);
  const [manifest, shape] = await Promise.all([readManifest(files), detect(files)]);
  const { options } = choose(shape);
  const pointedAt = shape.roots.map(({ folder }) => folder).filter((folder) => `${folder}/`.startsWith(`${inside}/`));
  if (inside !== '.' && pointedAt.length > 0) options.roots = pointedAt;
  return { shape, manifest, options: structuredClone(manifest?.options ?? options) };
}

function offer({ manifest }: Found): Offer {
  return manifest
    ? {
        label: l10n.t('Same choices as before'),
        placeholder: l10n.t('This project has a pipeline. Enter brings it up to date'),
      }
    : { label: l10n.t('Recommended pipeline'), placeholder: l10n.t('Enter takes what suits this project') };
}

interface Wish {
  readonly title: string;
  readonly root: Uri;
  readonly options: PipelineOptions;
  readonly notices: readonly string[];
}

/** Plans, asks about files that need a decision, and opens the review. `before` is the number of questions so far. */
async function propose(tools: Tools, { title, root, options, notices }: Wish, before: number): Promise<Outcome> {
  const replan = async (choices: Choices) => {
    const files = new EditorWorkspace(root);
    return plan(files, { options, manifest: await readManifest(files), choices });
  };
  const open = await tools.dialog.wait(title, l10n.t('Preparing the preview…'), replan({}));
  if (!open) return 'discarded';
  const choices = open.open.length > 0 ? await decide(tools, title, root, open, 1) : {};
  if (!choices) return 'discarded';
  const decided = open.open.length > 0 ? await replan(choices) : open;
  const restorable = decided.files.some(({ action }) => action === 'deleted');
  if (decided.changes.length === 0 && !restorable) {
    void showUpToDate();
    return 'discarded';
  }
  return tools.review.open({ title, root, plan: decided, choices, notices, replan }, before + 1);
}
