import * as v from 'valibot';
import { parseToml } from './toml.js';

const inherited = v.looseObject({ workspace: v.literal(true) });
// A union would try every schema and describe why each does not fit; with hundreds of manifests that takes time.
const orInherited = <S extends v.GenericSchema>(schema: S) =>
  v.optional(v.lazy((input): S | typeof inherited => (isTable(input) ? inherited : schema)));
const texts = v.optional(v.array(v.string()), []);

const detailed = v.looseObject({
  path: v.optional(v.string()),
  registry: v.optional(v.string()),
  package: v.optional(v.string()),
  workspace: v.optional(v.boolean()),
});
const plain = v.string();
const dependency = v.lazy((input): typeof detailed | typeof plain => (isTable(input) ? detailed : plain));
const dependencies = v.optional(v.record(v.string(), dependency), {});
const dependencyTables = {
  dependencies,
  'dev-dependencies': dependencies,
  dev_dependencies: dependencies,
  'build-dependencies': dependencies,
  build_dependencies: dependencies,
};
const target = v.looseObject({ name: v.optional(v.string()), path: v.optional(v.string()) });
const targets = v.optional(v.array(target), []);
const publish = v.union([v.boolean(), v.array(v.string())]);

function isTable(input: unknown): boolean {
  return typeof input === 'object' && !Array.isArray(input);
}

/** What of a Cargo.toml matters here; cargo itself checks the rest. */
const cargoToml = v.looseObject({
  package: v.optional(
    v.looseObject({
      name: v.string(),
      version: orInherited(v.string()),
      'rust-version': orInherited(v.string()),
      publish: orInherited(publish),
      workspace: v.optional(v.string()),
      autolib: v.optional(v.boolean(), true),
      autobins: v.optional(v.boolean(), true),
      autotests: v.optional(v.boolean(), true),
      autobenches: v.optional(v.boolean(), true),
      metadata: v.optional(v.unknown()),
    }),
  ),
  lib: v.optional(target),
  bin: targets,
  test: targets,
  bench: targets,
  workspace: v.optional(
    v.looseObject({
      members: texts,
      exclude: texts,
      package: v.optional(
        v.looseObject({
          version: v.optional(v.string()),
          'rust-version': v.optional(v.string()),
          publish: v.optional(publish),
        }),
        {},
      ),
      dependencies,
    }),
  ),
  ...dependencyTables,
  target: v.optional(v.record(v.string(), v.looseObject(dependencyTables)), {}),
});
export type CargoToml = v.InferOutput<typeof cargoToml>;
export type Dependency = v.InferOutput<typeof dependency>;
export type Target = v.InferOutput<typeof target>;

/** A Cargo.toml with its text, which tells positions. */
export interface CargoManifest {
  /** Folder of the Cargo.toml. */
  folder: string;
  text: string;
  toml: CargoToml;
}

/** Reads a Cargo.toml. Throws an InputError when it is not valid. */
export function parseCargoManifest(folder: string, text: string): CargoManifest {
  return { folder, text, toml: parseToml(manifestFile(folder), text, cargoToml) };
}

export function manifestFile(folder: string): string {
  return folder === '.' ? 'Cargo.toml' : `${folder}/Cargo.toml`;
}

/** Every dependency of a package, of any kind and for any target, by the name that it has in the manifest. */
export function allDependencies({ toml }: CargoManifest): [string, Dependency][] {
  return [toml, ...Object.values(toml.target)].flatMap((tables) =>
    [
      tables.dependencies,
      tables['dev-dependencies'],
      tables.dev_dependencies,
      tables['build-dependencies'],
      tables.build_dependencies,
    ].flatMap((table) => Object.entries(table)),
  );
}
