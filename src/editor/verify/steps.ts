import { l10n } from 'vscode';
import { reaches } from '../../core/lint/settings.js';
import { detect } from '../../core/pipeline/project.js';
import { manifestPath, readManifest, type Manifest } from '../../core/scaffold/manifest.js';
import { plan } from '../../core/scaffold/plan.js';
import { gatesReported } from '../../core/verify/gates-reported.js';
import { leadingPackages, rehearse } from '../../core/verify/rehearsal.js';
import type { Result, Step } from '../../core/verify/result.js';
import { listWorkflows } from '../../github/api/workflows.js';
import { listFolder } from '../../github/contents.js';
import { readTags } from '../../github/verify/tags.js';
import type { OpenRepository } from '../github/github.js';
import { showError } from '../github/problems-shown.js';
import { lintFile } from '../lint/lint-file.js';
import { EditorWorkspace } from '../scaffold/workspace.js';
import { readChecklist } from '../set-up/checklist.js';
import { itemTitle, stateWord, whyWords } from '../set-up/words.js';
import { rehearsalLine, reportedLines } from './words.js';

interface Taking {
  readonly id: string;
  readonly title: string;
  readonly take: () => Promise<Omit<Step, 'id' | 'title'>>;
}

/** What a careful maintainer looks at, one after the other. A step that fails says so, and the next is taken. */
export async function takeSteps(
  open: OpenRepository,
  tell: (title: string) => void,
  signal: AbortSignal,
): Promise<Step[]> {
  const files = new EditorWorkspace(open.root);
  const manifest = await readManifest(files).catch(() => undefined);
  const steps: Step[] = [];
  for (const { id, title, take } of stepsOf(open, files, manifest)) {
    if (signal.aborted) {
      steps.push({ id, title, result: 'skipped', lines: [l10n.t('It was stopped before.')] });
      continue;
    }
    tell(title);
    try {
      steps.push({ id, title, ...(await take()) });
    } catch (error) {
      steps.push({ id, title, result: 'unknown', lines: [showError(error, open.id).text] });
    }
  }
  return steps;
}

function stepsOf(open: OpenRepository, files: EditorWorkspace, manifest: Manifest | undefined): Taking[] {
  return [
    { id: 'files', title: l10n.t('Files are in place'), take: () => filesInPlace(files, manifest) },
    {
      id: 'lint',
      title: l10n.t('Workflows are lint clean, actions are pinned'),
      take: () => lintClean(files),
    },
    {
      id: 'manifest',
      title: l10n.t('The manifest is in step with the templates'),
      take: () => inStep(files, manifest),
    },
    { id: 'enabled', title: l10n.t('GitHub runs the workflows'), take: () => enabled(open, manifest) },
    { id: 'set-up', title: l10n.t('Permissions, secrets and environments are there'), take: () => settings(open) },
    { id: 'gates', title: l10n.t('Gates were reported by a run'), take: () => reported(open, manifest) },
    {
      id: 'rehearsal',
      title: l10n.t('Rehearsal of a release, which publishes nothing'),
      take: () => rehearsal(open, files, manifest),
    },
  ];
}

type Found = Omit<Step, 'id' | 'title'>;

const noManifest = (): Found => ({
  result: 'wrong',
  lines: [l10n.t('There is no {0}: the pipeline was not scaffolded here.', manifestPath)],
});

async function filesInPlace(files: EditorWorkspace, manifest: Manifest | undefined): Promise<Found> {
  if (!manifest) return noManifest();
  const paths = Object.keys(manifest.files);
  const kinds = await Promise.all(paths.map((path) => files.kind(path)));
  const missing = paths.filter((_, index) => kinds[index] !== 'file');
  return missing.length === 0
    ? { result: 'ok', lines: [l10n.t('All {0} files are there.', paths.length)] }
    : { result: 'wrong', lines: missing.map((path) => l10n.t('{0} is missing.', path)) };
}

const isWorkflow = (path: string) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

async function lintClean(files: EditorWorkspace): Promise<Found> {
  const names = await files.list('.github/workflows');
  const paths = names.map((name) => `.github/workflows/${name}`).filter(isWorkflow);
  if (paths.length === 0) return { result: 'wrong', lines: [l10n.t('There is no workflow.')] };
  const lines: string[] = [];
  for (const path of paths) {
    // As it is on disk: what is not saved is not pushed either.
    const result = await lintFile(files.uri(path), undefined);
    for (const { severity, code, message, start } of result?.findings ?? []) {
      const { line } = result?.document.lines.position(start) ?? { line: 1 };
      if (reaches(severity, 'warning')) lines.push(`${path}:${line}: ${message} (${code})`);
    }
  }
  return lines.length === 0
    ? { result: 'ok', lines: [l10n.t('Workflows: {0}. No error and no warning.', paths.length)] }
    : { result: 'wrong', lines };
}

async function inStep(files: EditorWorkspace, manifest: Manifest | undefined): Promise<Found> {
  if (!manifest) return noManifest();
  const { changes, open } = await plan(files, { options: manifest.options, manifest });
  if (changes.length === 0 && open.length === 0) {
    return { result: 'ok', lines: [l10n.t('Template {0}, nothing to update.', manifest.template)] };
  }
  const lines = [...open, ...changes].map(({ path, reason }) => `${path}: ${reason}`);
  return { result: 'attention', lines: [l10n.t('"Update Rust CI" would change this:'), ...lines] };
}

async function enabled(open: OpenRepository, manifest: Manifest | undefined): Promise<Found> {
  const named = { owner: open.id.owner, repo: open.id.name };
  const known = await listWorkflows(open.client, named);
  const wanted = Object.keys(manifest?.files ?? {}).filter(isWorkflow);
  if (wanted.length === 0) return noManifest();
  // GitHub also lists what was only ever on another branch.
  const there = await listFolder(open.client, named, '.github/workflows');
  const lines = wanted.flatMap((path) => {
    const workflow = known.find((one) => one.path === path);
    if (!workflow || !there.includes(path)) return [l10n.t('{0} is not on the default branch yet: push it.', path)];
    return workflow.enabled ? [] : [l10n.t('{0} is disabled on GitHub.', path)];
  });
  return lines.length === 0
    ? { result: 'ok', lines: [l10n.t('All {0} workflows are on the default branch and enabled.', wanted.length)] }
    : { result: 'wrong', lines };
}

async function settings(open: OpenRepository): Promise<Found> {
  const { items } = await readChecklist(open);
  const lines = items.map((item) =>
    [`${itemTitle(item)}: ${stateWord(item.state)}.`, ...item.why.map((why) => whyWords(why, open.id))].join(' '),
  );
  const states = new Set(items.map(({ state }) => state));
  const result: Result = states.has('todo')
    ? 'wrong'
    : states.has('unknown')
      ? 'unknown'
      : states.has('attention') || states.has('impossible')
        ? 'attention'
        : 'ok';
  return { result, lines };
}

async function reported({ store }: OpenRepository, manifest: Manifest | undefined): Promise<Found> {
  const gated = (manifest?.options.workflows ?? []).filter((id) => id === 'test' || id === 'security');
  if (!manifest || gated.length === 0) return noManifest();
  const unwatch = store.watch('status');
  try {
    await store.refresh();
    const { current, main } = store.snapshot;
    const paths = gated.map((id) => {
      const path = `.github/workflows/${id}.yml`;
      return manifest.renamed[path] ?? path;
    });
    const found = gatesReported(main ?? current, paths);
    const worst = (['wrong', 'unknown', 'attention'] as const).find((result) =>
      found.some((one) => one.result === result),
    );
    return { result: worst ?? 'ok', lines: found.flatMap(reportedLines) };
  } finally {
    unwatch();
  }
}

async function rehearsal(open: OpenRepository, files: EditorWorkspace, manifest: Manifest | undefined): Promise<Found> {
  if (manifest && !manifest.options.workflows.includes('release')) {
    return { result: 'skipped', lines: [l10n.t('The pipeline has no release.yml.')] };
  }
  const { roots } = await detect(files);
  const packages = leadingPackages(roots.filter(({ folder }) => manifest?.options.roots.includes(folder) ?? true));
  const tags = await readTags(open.client, { owner: open.id.owner, repo: open.id.name }, 'v');
  const found = rehearse(packages, tags);
  return { result: found.some(({ problem }) => problem) ? 'attention' : 'ok', lines: found.map(rehearsalLine) };
}
