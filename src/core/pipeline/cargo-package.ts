import { allDependencies, type CargoManifest, type Dependency } from './cargo-manifest.js';
import { targetsOf, type TargetFiles } from './cargo-targets.js';
import type { CargoPackage } from './project.js';

/** A package as cargo sees it, with what it takes over from its workspace; undefined for a workspace without package. */
export function describePackage(
  manifest: CargoManifest,
  workspace: CargoManifest,
  files: TargetFiles,
): CargoPackage | undefined {
  const settings = manifest.toml.package;
  if (!settings) return undefined;
  const shared = workspace.toml.workspace?.package;
  const version = typeof settings.version === 'object' ? shared?.version : settings.version;
  const rustVersion =
    typeof settings['rust-version'] === 'object' ? shared?.['rust-version'] : settings['rust-version'];
  const publish = isInherited(settings.publish) ? shared?.publish : settings.publish;
  return {
    folder: manifest.folder,
    name: settings.name,
    version,
    rustVersion,
    publish: publishing(publish, version),
    ...targetsOf(manifest, files),
    criterion: allDependencies(manifest).some((entry) => isCriterion(entry, workspace)),
  };
}

function isInherited(value: unknown): value is { workspace: true } {
  return typeof value === 'object' && value !== null && 'workspace' in value;
}

/** What cargo makes of `publish`; without a version a package cannot be published. */
function publishing(publish: boolean | string[] | undefined, version: string | undefined): CargoPackage['publish'] {
  if (publish === false || version === undefined) return 'never';
  if (publish === undefined || publish === true) return 'public';
  const privateOnes = publish.filter((name) => name !== 'crates-io');
  if (privateOnes.length < publish.length) return 'public';
  return privateOnes.length > 0 ? privateOnes : 'never';
}

/** A dependency on Criterion or on a stand-in with the same benches, under whatever name. */
function isCriterion([name, dependency]: [string, Dependency], workspace: CargoManifest): boolean {
  const declared = inheritedDependency(name, dependency, workspace);
  const real = typeof declared === 'object' ? (declared.package ?? name) : name;
  return real === 'criterion' || real === 'codspeed-criterion-compat';
}

/** A dependency, or what the workspace says of it where it is inherited. */
export function inheritedDependency(
  name: string,
  dependency: Dependency,
  workspace: CargoManifest,
): Dependency | undefined {
  const inherits = typeof dependency === 'object' && dependency.workspace === true;
  return inherits ? workspace.toml.workspace?.dependencies[name] : dependency;
}
