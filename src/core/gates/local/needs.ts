import { interpolate } from './expression.js';
import type { Contexts } from './expression.js';
import type { WorkflowJob } from './workflow-file.js';

/** A program that a gate needs. */
export interface Need {
  /** For people: "cargo-deny 0.20.2", "clippy". */
  readonly name: string;
  /** Succeeds where it is installed: program and arguments. */
  readonly probe: readonly string[];
  /** Installs it: program and arguments; null where only its own page can say how. */
  readonly install: readonly string[] | null;
  /** How to get it, where nothing here can install it. */
  readonly page: string | null;
}

/** Tools that are not written in Rust, or whose crate is called otherwise. */
const pages: Readonly<Record<string, string>> = {
  trivy: 'https://trivy.dev/docs/latest/getting-started/installation/',
  gitleaks: 'https://github.com/gitleaks/gitleaks#installing',
};

/** What a job needs, from the steps that install it on GitHub: the same tools in the same versions. */
export function needsOf(job: WorkflowJob, contexts: Contexts): Need[] {
  return job.steps.flatMap((step) => {
    const scope = { ...contexts, env: { ...job.env, ...step.env } };
    const tool = step.with['tool'];
    if (step.uses?.startsWith('taiki-e/install-action@') === true && typeof tool === 'string') {
      return interpolate(tool, scope)
        .split(',')
        .map((one) => toolNeed(one.trim()));
    }
    if (step.run?.includes('gitleaks/releases') === true) return [toolNeed('gitleaks')];
    if (!step.run?.includes('rustup ')) return [];
    const env = Object.fromEntries(
      Object.entries({ ...job.env, ...step.env }).map(([key, value]) => [key, interpolate(String(value ?? ''), scope)]),
    );
    return rustupNeeds(step.run, env);
  });
}

function toolNeed(tool: string): Need {
  const [name = tool, version] = tool.split('@');
  const page = pages[name];
  const subcommand = name.startsWith('cargo-') ? name.slice('cargo-'.length) : undefined;
  return {
    name: version === undefined ? name : `${name} ${version}`,
    probe: subcommand === undefined ? [name, '--version'] : [name, subcommand, '--version'],
    install:
      page === undefined ? ['cargo', 'install', '--locked', version === undefined ? name : `${name}@${version}`] : null,
    page: page ?? null,
  };
}

/** `rustup component add clippy`, `rustup toolchain install nightly --component miri`. */
function rustupNeeds(script: string, env: Readonly<Record<string, string>>): Need[] {
  const known = script.replace(/"?\$\{?([A-Z_]+)\}?"?/g, (all, name: string) => env[name] ?? all);
  const components = [...known.matchAll(/rustup component add ([\w-]+)/g)].map(([, component = '']): Need => {
    const program = component === 'rustfmt' ? 'fmt' : component;
    return {
      name: component,
      probe: ['cargo', program, '--version'],
      install: ['rustup', 'component', 'add', component],
      page: null,
    };
  });
  const toolchains = [...known.matchAll(/rustup toolchain install ([\w.-]+)([^\n]*)/g)].map(
    ([, toolchain = '', rest = '']): Need => {
      const parts = [...rest.matchAll(/--component ([\w-]+)/g)].map(([, component = '']) => component);
      const miri = parts.includes('miri');
      return {
        name: [`Rust ${toolchain}`, ...parts].join(', '),
        probe: ['cargo', `+${toolchain}`, ...(miri ? ['miri'] : []), '--version'],
        install: [
          'rustup',
          'toolchain',
          'install',
          toolchain,
          '--profile',
          'minimal',
          ...parts.flatMap((part) => ['--component', part]),
          '--no-self-update',
        ],
        page: null,
      };
    },
  );
  return [...components, ...toolchains];
}
