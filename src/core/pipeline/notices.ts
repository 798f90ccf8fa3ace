import { workflowIds } from './options.js';
import { basename, isWithin } from './path.js';
import type { ProjectShape } from './project.js';

/** Facts that only matter for what a person is told. */
export interface Circumstances {
  /** Broken manifests that no package needs. */
  unreadable: readonly string[];
  submodules: readonly string[];
  /** Whether the repository locks the actions of its workflows. */
  locked: boolean;
  renovate: boolean;
}

/** What a person ought to know before the pipeline is written, one sentence each. */
export function noticesAbout(shape: ProjectShape, circumstances: Circumstances): string[] {
  const notices: string[] = [];
  const { roots, defaultBranch, toolchain, workflows } = shape;
  if (roots.length === 0) notices.push('There is no Cargo.toml yet: every Rust gate waits until there is one.');
  for (const { folder, reservation } of roots) {
    if (reservation !== undefined) notices.push(`${folder} is left out: ${reservation}.`);
  }
  for (const file of circumstances.unreadable) {
    notices.push(`${file} is left out: it is not a valid manifest, and no package depends on it.`);
  }
  const packages = roots.flatMap((root) => root.packages);
  for (const path of circumstances.submodules) {
    if (packages.some(({ folder }) => isWithin(folder, path))) {
      notices.push(`${path} is a git submodule: the workflows need "submodules: true" at every actions/checkout.`);
    }
  }
  if (defaultBranch.source === 'assumed') {
    notices.push(`Git names no branch: ${defaultBranch.name} is taken for the default branch.`);
  }
  if (toolchain?.channel !== undefined) {
    notices.push(`${toolchain.path} pins Rust ${toolchain.channel}: the pipeline uses it, too.`);
  }
  const own = workflows.map(basename).filter((name) => !isOurs(name));
  if (own.length > 0) notices.push(`The workflows that are there stay and run beside the pipeline: ${own.join(', ')}.`);
  if (circumstances.locked) {
    notices.push(
      '.github/workflows/actions.lock locks the actions of this repository: run "gh actions-lock" after writing, or the new workflows will not start.',
    );
  }
  if (circumstances.renovate) {
    notices.push('Renovate is set up here: it can keep the pins current, so .github/dependabot.yml is not written.');
  }
  return notices;
}

/** Whether a workflow is probably one of the pipeline, under its own name or the one that it has beside a foreign one. */
function isOurs(name: string): boolean {
  return workflowIds.some((id) => name === `${id}.yml` || name.startsWith(`rust-ci-${id}`));
}
