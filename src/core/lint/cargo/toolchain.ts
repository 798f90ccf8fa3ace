import { matrixValues } from '../model/matrix-values';
import type { Job, Step, Workflow } from '../model/workflow';
import { commandsOf } from '../shell/commands';
import type { Word } from '../shell/commands';
import type { Range, ScalarNode } from '../yaml/node';
import { flagValues, inScript } from './command';

/** A toolchain that a step installs or chooses. */
export interface ToolchainSetup {
  readonly step: Step;
  /** `stable`, `nightly-2026-01-01`, `1.80`; several from a matrix; empty where only a run knows. */
  readonly channels: readonly Channel[];
  /** What names the toolchain. */
  readonly range: Range;
  readonly components: readonly string[];
  readonly targets: readonly string[];
  /** Some of the components or targets are known only to a run. */
  readonly open: boolean;
  /**
   * How it is chosen, in rustup's order of precedence: `override` beats the toolchain file, `default` and `install`
   * do not. `add` adds components or targets to a toolchain.
   */
  readonly effect: 'override' | 'default' | 'install' | 'add';
}

export interface Channel {
  readonly text: string;
  /** Where it is written, if as a scalar of its own. */
  readonly node: ScalarNode | undefined;
}

const cache = new WeakMap<Job, readonly ToolchainSetup[]>();

/** What the steps of a job do to the Rust toolchain, in order. */
export function toolchainSetups(job: Job, text: string): readonly ToolchainSetup[] {
  let setups = cache.get(job);
  if (setups === undefined) {
    setups = job.steps.flatMap((step) => (step.uses === undefined ? fromScript(step, text) : fromAction(step, job)));
    cache.set(job, setups);
  }
  return setups;
}

function fromAction(step: Step, job: Job): ToolchainSetup[] {
  const { uses } = step;
  if (uses?.kind !== 'action') return [];
  const input = (...names: string[]): ScalarNode | undefined => {
    for (const name of names) {
      const node = step.with?.scalar(name);
      if (node !== undefined) return node;
    }
    return undefined;
  };
  const list = (node: ScalarNode | undefined): string[] =>
    node?.text.split(/[\s,]+/).filter((word) => word !== '') ?? [];
  const components = list(input('components', 'component'));
  const targets = list(input('targets', 'target'));
  const common = { step, components, targets, open: [...components, ...targets].some((word) => word.includes('${{')) };
  if (uses.slug === 'dtolnay/rust-toolchain') {
    const named = input('toolchain');
    const byRef = /^(?:stable|beta|nightly|\d+\.\d+)/.test(uses.ref);
    const tool = /^(?:clippy|miri)$/.exec(uses.ref)?.[0];
    if (tool !== undefined)
      return [
        {
          ...common,
          components: [...components, tool],
          channels: [{ text: tool === 'miri' ? 'nightly' : 'stable', node: undefined }],
          range: uses.refRange,
          effect: 'default',
        },
      ];
    const comment =
      uses.pinned && uses.version !== undefined && /^(?:stable|beta|nightly|\d+\.\d+)/.test(uses.version)
        ? uses.version
        : undefined;
    const channels =
      named !== undefined
        ? resolve(named, job)
        : byRef
          ? [{ text: uses.ref, node: undefined }]
          : comment === undefined
            ? []
            : [{ text: comment, node: undefined }];
    return [
      {
        ...common,
        channels,
        range: named ?? (uses.pinned && uses.versionRange !== undefined ? uses.versionRange : uses.refRange),
        effect: 'default',
      },
    ];
  }
  if (
    [
      'actions-rs/toolchain',
      'actions-rust-lang/setup-rust-toolchain',
      'moonrepo/setup-rust',
      'hecrj/setup-rust-action',
    ].includes(uses.slug)
  ) {
    const named = input('toolchain', 'channel', 'rust-version');
    const overrides = step.with?.scalar('override')?.text;
    const lang = uses.slug === 'actions-rust-lang/setup-rust-toolchain';
    return [
      {
        ...common,
        // The action installs these itself.
        components: lang ? [...components, 'rustfmt', 'clippy'] : components,
        channels: named === undefined ? [] : resolve(named, job),
        range: named ?? uses.node,
        effect: (lang && overrides !== 'false') || overrides === 'true' ? 'override' : 'default',
      },
    ];
  }
  return [];
}

/** A value as it is written, or those the matrix gives it. */
function resolve(node: ScalarNode, job: Job): Channel[] {
  if (!node.text.includes('${{')) return [{ text: node.text, node }];
  const row = /^\$\{\{\s*matrix\.([\w.-]+)\s*\}\}$/.exec(node.text.trim())?.[1];
  return (row === undefined ? [] : matrixValues(job.matrix, row)).flatMap((value) =>
    value.kind === 'scalar' && !value.text.includes('${{') ? [{ text: value.text, node: value }] : [],
  );
}

function fromScript(step: Step, text: string): ToolchainSetup[] {
  if (step.run?.text.includes('rustup') !== true) return [];
  return commandsOf(step.run).flatMap((command) => {
    const [program, ...words] = command.words;
    const chosen = words[0]?.text.startsWith('+') === true ? words.shift() : undefined;
    const [verb, ...rest] = words;
    if (program?.text !== 'rustup' || verb === undefined) return [];
    const make = (
      effect: ToolchainSetup['effect'],
      names: readonly Word[],
      parts: { components?: readonly string[]; targets?: readonly string[] } = {},
    ): ToolchainSetup => {
      const components = [...(parts.components ?? []), ...listOf(rest, '--component', '-c')];
      const targets = [...(parts.targets ?? []), ...listOf(rest, '--target', '-t')];
      return {
        step,
        channels: names.filter(({ dynamic }) => !dynamic).map((word) => ({ text: word.text, node: undefined })),
        range: inScript(text, step, names[0] ?? command),
        components,
        targets,
        open: [...components, ...targets].some((word) => /[$`]/.test(word)),
        effect,
      };
    };
    const [action, ...names] = rest;
    const named = flagValues(rest, '--toolchain').map(({ word }) => word);
    const toolchain = chosen === undefined ? named : [{ ...chosen, text: chosen.text.slice(1) }];
    switch (verb.text) {
      case 'toolchain':
        return action?.text === 'install' || action?.text === 'add' ? [make('install', positional(names))] : [];
      case 'install':
      case 'update':
        return positional(rest).length > 0 ? [make('install', positional(rest))] : [];
      case 'default':
        return positional(rest).length > 0 ? [make('default', positional(rest))] : [];
      case 'override':
        return action?.text === 'set' || action?.text === 'add' ? [make('override', positional(names))] : [];
      case 'component':
        return action?.text === 'add'
          ? [make('add', toolchain, { components: positional(names).map((word) => word.text) })]
          : [];
      case 'target':
        return action?.text === 'add' || action?.text === 'install'
          ? [make('add', toolchain, { targets: positional(names).map((word) => word.text) })]
          : [];
      default:
        return [];
    }
  });
}

const withValue = new Set(['--profile', '--component', '-c', '--target', '-t', '--toolchain', '--path']);

/** The words that are no flags and no values of flags. */
function positional(words: readonly Word[]): Word[] {
  return words.filter((word, index) => !word.text.startsWith('-') && !withValue.has(words[index - 1]?.text ?? ''));
}

function listOf(words: readonly Word[], long: string, short: string): string[] {
  return flagValues(words, long, short).flatMap(({ text }) => text.split(',').filter((part) => part !== ''));
}

/** RUSTUP_TOOLCHAIN, which beats the toolchain file, as a step sees it; undefined where it is not set. */
export function toolchainVariable(step: Step, workflow: Workflow | undefined): ScalarNode | undefined {
  const name = 'RUSTUP_TOOLCHAIN';
  return step.env?.scalar(name) ?? step.job?.env?.scalar(name) ?? workflow?.env?.scalar(name);
}

/** Whether two names mean the same toolchain: `1.80` is `1.80.0`, and a host behind the name does not matter. */
export function sameChannel(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(channel: string): string {
  const name = channel.trim().toLowerCase().replace(/^\+/, '');
  const version = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(name);
  if (version !== null) return `${version[1] ?? ''}.${version[2] ?? ''}.${version[3] ?? '0'}`;
  return /^(?:stable|beta|nightly)(?:-\d{4}-\d{2}-\d{2})?/.exec(name)?.[0] ?? name;
}
