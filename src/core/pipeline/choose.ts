import * as v from 'valibot';
import { defaultOptions, optionsSchema, type ExtraGateId, type PipelineOptions } from './options.js';
import type { CargoPackage, ProjectShape } from './project.js';

export interface Recommendation {
  options: PipelineOptions;
  /** Why each option is as it is, in a sentence that a quick pick can show. */
  reasons: Record<keyof PipelineOptions, string>;
}

/** The pipeline that suits a project. All six workflows: what cannot run yet waits behind its guard. */
export function choose(shape: ProjectShape): Recommendation {
  const packages = shape.roots.filter(({ recommended }) => recommended).flatMap((root) => root.packages);
  const [roots, rootsReason] = chooseRoots(shape);
  const [defaultBranch, branchReason] = chooseBranch(shape);
  const [runners, runnersReason] = chooseRunners(shape);
  const [gates, gatesReason] = chooseGates(shape, packages);
  const registries = shape.registries.filter((name) => v.is(optionsSchema.entries.registries.item, name));
  return {
    options: { ...structuredClone(defaultOptions), defaultBranch, roots, runners, gates, registries },
    reasons: {
      workflows: workflowsReason(shape, packages),
      defaultBranch: branchReason,
      roots: rootsReason,
      runners: runnersReason,
      coverage: 'Below 80 % of covered lines the gate fails; Codecov is used where the secret CODECOV_TOKEN is set.',
      gates: gatesReason,
      publish: publishReason(packages),
      registries:
        registries.length > 0
          ? `Cargo takes packages from ${registries.join(', ')}.`
          : 'No private registry is set up for Cargo.',
      slack: 'Deliveries are told where the secret SLACK_WEBHOOK_URL is set.',
      benchmarkHistory: 'Artifacts keep benchmark results for 90 days; a branch of its own keeps them for good.',
    },
  };
}

function chooseRoots(shape: ProjectShape): [string[], string] {
  const usable = shape.roots.filter(({ recommended }) => recommended).map(({ folder }) => folder);
  if (usable.length === 0) return [['.'], 'There is no Cargo.toml yet; it is expected at the root.'];
  const packages = shape.roots.flatMap((root) => (usable.includes(root.folder) ? root.packages : []));
  return [usable, `${count(packages.length, 'package')} in ${usable.join(', ')}.`];
}

function chooseBranch({ defaultBranch: { name, source } }: ProjectShape): [string, string] {
  if (!v.safeParse(optionsSchema.entries.defaultBranch, name).success) {
    return [defaultOptions.defaultBranch, `The branch name "${name}" cannot stand in a workflow.`];
  }
  const reasons = {
    remote: 'The default branch of origin.',
    local: 'The branch that git has.',
    assumed: 'Git names no branch.',
  };
  return [name, reasons[source]];
}

function chooseRunners({ buildTarget }: ProjectShape): [PipelineOptions['runners'], string] {
  if (buildTarget !== undefined && /none|wasm|linux|android/.test(buildTarget)) {
    return [['linux'], `Cargo builds for ${buildTarget} here, which needs no other system.`];
  }
  return [[...defaultOptions.runners], 'Tests run on the three systems that Rust is used on most.'];
}

function chooseGates(shape: ProjectShape, packages: readonly CargoPackage[]): [ExtraGateId[], string] {
  const gates: ExtraGateId[] = ['docs', 'msrv'];
  const versions = [...new Set(packages.flatMap(({ rustVersion }) => rustVersion ?? []))];
  const reasons = [
    versions.length > 0
      ? `rust-version is ${versions.join(', ')}.`
      : 'The MSRV gate waits until a Cargo.toml sets rust-version.',
  ];
  if (shape.nextest) {
    gates.push('nextest');
    reasons.push('.config/nextest.toml is there.');
  }
  return [gates, reasons.join(' ')];
}

function publishReason(packages: readonly CargoPackage[]): string {
  const names = packages.filter(({ publish }) => publish === 'public').map(({ name }) => name);
  if (names.length === 0) return 'No package may be published to the public registry.';
  return `${names.length === 1 ? String(names[0]) : count(names.length, 'package')} can be published; set up trusted publishing first.`;
}

function workflowsReason({ dockerfiles }: ProjectShape, packages: readonly CargoPackage[]): string {
  const waiting = [
    ...(packages.length === 0 ? ['Rust gates for a Cargo.toml'] : []),
    ...(packages.some(({ binaries }) => binaries.length > 0) ? [] : ['binaries of a release for a binary target']),
    ...(dockerfiles.length > 0 ? [] : ['images for a Dockerfile']),
    ...(packages.some(({ criterion, benches }) => criterion && benches.length > 0) ? [] : ['benchmarks for Criterion']),
  ];
  return waiting.length === 0 ? 'Everything can run from the first push.' : `Wait until needed: ${waiting.join(', ')}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
