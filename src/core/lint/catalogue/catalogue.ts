import type { Uses } from '../model/uses';
import { isNewer } from '../model/version';
import data from './actions.json';

/** One major version (or moving ref) of an action. */
export interface ActionMetadata {
  /** As its owner writes it, with the path of an action in a subfolder. */
  readonly name: string;
  /** `v4`, or a moving ref such as `stable`. */
  readonly ref: string;
  /** The newest release of this major; absent where none was verified. */
  readonly tag: string | undefined;
  /** The commit of `tag`. */
  readonly sha: string | undefined;
  /** `node24`, `composite`, `docker`; absent where it is not known. */
  readonly using: string | undefined;
  /** By lower-case name; empty and `anyInput` where they are not known. */
  readonly inputs: ReadonlyMap<string, InputMetadata>;
  readonly anyInput: boolean;
  /** Lower case. */
  readonly outputs: ReadonlySet<string>;
  /** Other outputs are made at run time. */
  readonly anyOutput: boolean;
  /** It runs on a Node version that GitHub has removed. */
  readonly outdated: boolean;
}

export interface InputMetadata {
  readonly name: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
  /** The message of its deprecation, which may be empty. */
  readonly deprecated: string | undefined;
}

type Version = readonly [tag: string, sha: string, using: string, inputs: number, outputs: number, flags: number];
type Versions = Readonly<Record<string, Version>>;

interface Index {
  readonly names: readonly string[];
  readonly lists: readonly string[];
  /** By lower-case name. */
  readonly actions: ReadonlyMap<string, { readonly name: string; readonly versions: Versions }>;
  /** Which version a commit is. */
  readonly commits: ReadonlyMap<string, { readonly name: string; readonly ref: string }>;
}

let index: Index | undefined;
const decoded = new Map<string, ActionMetadata>();

function load(): Index {
  if (index !== undefined) return index;
  const actions = new Map<string, { name: string; versions: Versions }>();
  const commits = new Map<string, { name: string; ref: string }>();
  // JSON modules are typed by their content, which is too narrow and too large to be of use.
  for (const [name, versions] of Object.entries(data.actions as unknown as Record<string, Versions>)) {
    actions.set(name.toLowerCase(), { name, versions });
    for (const [ref, version] of Object.entries(versions))
      if (version[1] !== '') commits.set(`${name.toLowerCase()}@${version[1]}`, { name, ref });
  }
  index = { names: data.names.split(' '), lists: data.lists.split('|'), actions, commits };
  return index;
}

/**
 * What is known of the action that a step uses: by its tag or branch, by the version in the comment behind a SHA, or by
 * the SHA itself. Undefined for unknown actions and unknown major versions.
 */
export function metadataOf(uses: Uses): ActionMetadata | undefined {
  if (uses.kind !== 'action') return undefined;
  const name = nameOf(uses);
  const action = load().actions.get(name);
  if (action === undefined) return undefined;
  const ref = uses.pinned ? (load().commits.get(`${name}@${uses.ref.toLowerCase()}`)?.ref ?? uses.version) : uses.ref;
  if (ref === undefined) return undefined;
  const known = knownRef(name, action.versions, ref);
  const metadata = known === undefined ? undefined : decode(action.name, known, action.versions);
  if (metadata?.tag === undefined || !isNewer(ref, metadata.tag)) return metadata;
  // A release that came after the catalogue may have more than is known here.
  return { ...metadata, anyInput: true, anyOutput: true };
}

/** The newest major version of an action that is known with a commit. */
export function newestOf(uses: Uses): ActionMetadata | undefined {
  const action = load().actions.get(nameOf(uses));
  if (action === undefined) return undefined;
  const released = Object.keys(action.versions).filter((ref) => /^v\d+$/.test(ref) && action.versions[ref]?.[1] !== '');
  const [newest] = released.sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
  return newest === undefined ? undefined : decode(action.name, newest, action.versions);
}

/** The names of all known actions, such as `actions/checkout`. */
export function knownActions(): string[] {
  return [...load().actions.values()].map(({ name }) => name);
}

/** `owner/repo` or `owner/repo/path`, lower case. */
function nameOf(uses: Uses): string {
  return uses.path === '' ? uses.slug : `${uses.slug}/${uses.path.toLowerCase()}`;
}

function knownRef(name: string, versions: Versions, ref: string): string | undefined {
  if (Object.hasOwn(versions, ref)) return ref;
  // Its refs are toolchains: `1.88.0` and `nightly-2026-01-01` take the inputs of `stable`, `master` those of a release.
  if (name === 'dtolnay/rust-toolchain')
    return ref === 'master' ? 'v1' : /^(?:\d|nightly|beta)/.test(ref) ? 'stable' : undefined;
  const major = /^v?(\d+)(?:\.\d+)*(?:[-+].*)?$/.exec(ref)?.[1];
  if (major === undefined) return undefined;
  return [`v${major}`, `v${major}.x`].find((candidate) => Object.hasOwn(versions, candidate));
}

function decode(name: string, ref: string, versions: Versions): ActionMetadata | undefined {
  const key = `${name}@${ref}`;
  const known = decoded.get(key);
  if (known !== undefined) return known;
  const version = versions[ref];
  if (version === undefined) return undefined;
  const [tag, sha, using, inputs, outputs, flags] = version;
  const { lists, names } = load();
  const metadata: ActionMetadata = {
    name,
    ref,
    tag: tag === '' ? undefined : tag,
    sha: sha === '' ? undefined : sha,
    using: using === '' ? undefined : using,
    inputs: new Map(
      words(lists[inputs])
        .map((word) => readInput(word, names))
        .map((input) => [input.name.toLowerCase(), input]),
    ),
    anyInput: (flags & 5) !== 0,
    outputs: new Set(words(lists[outputs]).map((word) => (names[Number.parseInt(word, 36)] ?? '').toLowerCase())),
    anyOutput: (flags & 6) !== 0,
    outdated: (flags & 4) !== 0,
  };
  decoded.set(key, metadata);
  return metadata;
}

function words(list: string | undefined): string[] {
  return list === undefined || list === '' ? [] : list.split(' ');
}

/** `1a!=~2`: the name's row, `!` required, `=` with a default, `~` the row of the deprecation message. */
function readInput(word: string, names: readonly string[]): InputMetadata {
  const [, row = '', required, preset, message] = /^([\da-z]+)(!)?(=)?(?:~([\da-z]+))?$/.exec(word) ?? [];
  return {
    name: names[Number.parseInt(row, 36)] ?? '',
    required: required !== undefined,
    hasDefault: preset !== undefined,
    deprecated: message === undefined ? undefined : (data.messages[Number.parseInt(message, 36)] ?? ''),
  };
}
