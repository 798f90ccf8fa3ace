/** What is known of a repository before anything is asked. Paths are POSIX, relative to the repository. */
export interface ProjectShape {
  /** Cargo workspaces and lone packages that somebody may want checked, outermost first. */
  roots: CargoRoot[];
  dockerfiles: string[];
  /** Files in `.github/workflows`, ours or not. */
  workflows: string[];
  defaultBranch: DefaultBranch;
  /** Private Cargo registries, by name. */
  registries: string[];
  /** `rust-toolchain.toml` or `rust-toolchain` at the root. */
  toolchain: { path: string; channel: string | undefined } | undefined;
  /** The target that `.cargo/config.toml` builds for by default, e.g. `thumbv7em-none-eabihf`. */
  buildTarget: string | undefined;
  /** Whether `.config/nextest.toml` exists. */
  nextest: boolean;
  /** What a person ought to know before the pipeline is written, one sentence each. */
  notices: string[];
}

export interface DefaultBranch {
  name: string;
  /** `remote`: what origin calls its default; `local`: guessed from local branches; `assumed`: git says nothing. */
  source: 'remote' | 'local' | 'assumed';
}

/** A folder in which cargo runs: a workspace or a package of its own. */
export interface CargoRoot {
  /** `.` for the repository itself. */
  folder: string;
  kind: 'workspace' | 'package';
  packages: CargoPackage[];
  lockfile: boolean;
  /** Whether the pipeline should check it unless told otherwise. */
  recommended: boolean;
  /** Why it is not recommended; undefined when it is. */
  reservation: string | undefined;
}

/** A package with what it inherits from its workspace resolved. */
export interface CargoPackage {
  folder: string;
  name: string;
  version: string | undefined;
  rustVersion: string | undefined;
  /** Whether `cargo publish` accepts it: to the public registry, to these private ones, or not at all. */
  publish: 'public' | 'never' | string[];
  library: boolean;
  /** Names of targets. Targets that cargo finds by itself are included. */
  binaries: string[];
  tests: string[];
  benches: string[];
  /** Whether it depends on Criterion. */
  criterion: boolean;
}
