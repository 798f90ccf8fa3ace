import { l10n, Uri, workspace } from 'vscode';
import type { Run } from '../../core/actions/run.js';
import { packageFolder, packageName } from '../../core/coverage/crate-folders.js';
import { inRepository } from '../../core/coverage/in-repository.js';
import { parseLcov } from '../../core/coverage/lcov.js';
import type { FileLines } from '../../core/coverage/lcov.js';
import { coverageOf } from '../../core/gates/coverage.js';
import type { FileIndex } from '../../core/problems/paths.js';
import type { OpenRepository } from '../github/github.js';
import { changedSince } from '../working-copy/commit-files.js';
import type { RepositoryFiles } from '../working-copy/repository-files.js';

/** The artifact with line coverage (**contract**). */
const artifactName = 'coverage-lcov';

/** Coverage by line that a run measured. */
export interface RunCoverage {
  readonly repository: OpenRepository;
  readonly run: Run;
  /** With paths in the repository. */
  readonly files: readonly FileLines[];
  /** Files of the report that the repository does not have (any more). */
  readonly unknown: number;
  /** Addresses of the files that are different now; undefined where that cannot be known. */
  readonly changed: ReadonlySet<string> | undefined;
  /** File to the name of its package. */
  readonly packages: ReadonlyMap<string, string>;
}

/** Why there is no coverage to show, in a sentence. */
export class NoCoverage extends Error {
  override readonly name = 'NoCoverage';
}

/** The coverage of the newest run that measured it. Rejects with NoCoverage, GitHubError or ArtifactError. */
export async function coverageOfRun(
  repository: OpenRepository,
  files: RepositoryFiles,
  signal?: AbortSignal,
): Promise<RunCoverage> {
  const { store, root } = repository;
  const { snapshot } = store;
  const coverage = coverageOf(snapshot);
  if (!coverage) throw new NoCoverage(l10n.t('No run has measured coverage yet, for this commit or an earlier one.'));
  const facts = [snapshot.current, snapshot.earlier, snapshot.main].find((one) => one?.sha === coverage.sha);
  const run = facts?.runs.find(({ id }) => id === coverage.runId);
  if (!run) throw new NoCoverage(l10n.t('Only Codecov tells this coverage, without its lines: see it there.'));
  const artifacts = await store.artifacts(run, signal);
  const artifact = artifacts.find(({ name }) => name === artifactName);
  if (!artifact) throw new NoCoverage(l10n.t('{0} #{1} uploaded no line coverage.', run.name, run.number));
  if (artifact.expired) {
    throw new NoCoverage(
      l10n.t('GitHub has deleted the line coverage of {0} #{1}. Run it again.', run.name, run.number),
    );
  }
  const content = await store.artifactFiles(artifact, signal);
  const report = [...content].find(([name]) => name.endsWith('lcov.info'))?.[1];
  if (!report) throw new NoCoverage(l10n.t('The artifact coverage-lcov of {0} #{1} is empty.', run.name, run.number));
  const parsed = parseLcov(new TextDecoder().decode(report));
  const [index, changed] = await Promise.all([files.of(root), changedSince(root, run.sha)]);
  const known = inRepository(parsed, index);
  return { repository, run, changed, ...known, packages: await packagesOf(known.files, index, root) };
}

async function packagesOf(
  files: readonly FileLines[],
  index: FileIndex,
  root: Uri,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string | null>();
  const packages = new Map<string, string>();
  for (const { path } of files) {
    const folder = packageFolder(path, index);
    if (folder === null) continue;
    let name = names.get(folder);
    if (name === undefined) names.set(folder, (name = await nameIn(Uri.joinPath(root, folder, 'Cargo.toml'))));
    if (name !== null) packages.set(path, name);
  }
  return packages;
}

async function nameIn(manifest: Uri): Promise<string | null> {
  try {
    return packageName(new TextDecoder().decode(await workspace.fs.readFile(manifest)));
  } catch {
    return null;
  }
}
