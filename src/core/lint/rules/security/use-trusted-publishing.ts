import { rule } from '../../rule';
import { commandsOf } from '../../shell/commands';
import { shellOf } from '../../shell/shell-of';
import type { Job, Step, Workflow } from '../../model/workflow';
import { ContentMap } from '../../yaml/content-map';
import type { Entry } from '../../yaml/node';
import { actionName } from './all-uses';
import { workflowOf } from '../examples';

export const useTrustedPublishing = rule({
  code: 'use-trusted-publishing',
  category: 'security',
  title: 'Published with a long-lived token',
  severity: 'info',
  description:
    'A registry token in a secret can be stolen and works from anywhere, for as long as it lives. crates.io, PyPI, npm, RubyGems and NuGet give a workflow a token for minutes when they trust the repository (trusted publishing). For crates.io: name the workflow in the settings of the crate, give the job `id-token: write`, get the token with rust-lang/crates-io-auth-action.',
  bad: [
    workflowOf('- run: cargo publish\n  env:\n    CARGO_REGISTRY_TOKEN: ${{ secrets.CRATES_IO }}'),
    workflowOf('- uses: pypa/gh-action-pypi-publish@release/v1\n  with:\n    password: ${{ secrets.PYPI }}'),
  ],
  good: [
    workflowOf(
      '- uses: rust-lang/crates-io-auth-action@v1\n  id: auth\n- run: cargo publish\n  env:\n    CARGO_REGISTRY_TOKEN: ${{ steps.auth.outputs.token }}',
      { job: 'permissions:\n  id-token: write' },
    ),
    workflowOf('- run: cargo publish --dry-run'),
  ],
  links: ['https://crates.io/docs/trusted-publishing'],
  source: 'zizmor: use-trusted-publishing',
  files: ['workflow', 'action'],
  check: ({ workflow, steps, text, report }) => {
    for (const step of steps) {
      const credential = manualCredential(step);
      const entry = step.node.entry('uses');
      if (credential !== undefined && entry !== undefined)
        report(
          { start: entry.start, end: entry.end },
          'This publishes with a token of your own: use trusted publishing.',
          {
            related: [{ start: credential.start, end: credential.end, message: 'The token' }],
          },
        );
      const { run, job } = step;
      if (run === undefined || job === undefined || !/publish|upload|push/.test(run.text)) continue;
      const shell = shellOf(step, workflow);
      if (shell === 'cmd' || shell === 'other' || mayGetToken(job, workflow)) continue;
      const map = new ContentMap(text, run);
      for (const { words, start, end } of commandsOf(run))
        if (publishes(words.map((word) => word.text)))
          report(
            { start: map.toFile(start), end: map.toFile(end) },
            'This publishes with a long-lived token: use trusted publishing.',
          );
    }
  },
});

/** The job can ask GitHub for the identity that registries trust; that it does is taken for granted. */
function mayGetToken(job: Job, workflow: Workflow | undefined): boolean {
  const value = (job.permissions ?? workflow?.permissions)?.value;
  if (value?.kind === 'scalar') return value.text === 'write-all';
  return value?.kind === 'map' && value.scalar('id-token')?.text === 'write';
}

function publishes([program = '', ...args]: readonly string[]): boolean {
  const plain = args.filter((word) => !word.startsWith('-') && !word.startsWith('+'));
  const dry = args.includes('--dry-run') || args.includes('-n');
  const [first, second, third] = plain;
  switch (program) {
    case 'cargo':
      return (
        args.includes('publish') &&
        !dry &&
        (first === 'publish' ||
          /^(?:ws|workspaces|release|hack|all-features)$/.test(first ?? '') ||
          second === 'publish')
      );
    case 'npm':
      return !dry && plain.includes('publish');
    case 'yarn':
      return !dry && (first === 'publish' || (first === 'npm' && second === 'publish'));
    case 'pnpm':
      return !dry && plain.includes('publish') && !plain.slice(0, plain.indexOf('publish')).includes('run');
    case 'bun':
      return !dry && first === 'publish';
    case 'bunx':
      return !dry && first === 'npm' && second === 'publish';
    case 'uv':
      return (first === 'publish' && !dry) || (first === 'run' && second === 'twine' && third === 'upload');
    case 'poetry':
    case 'hatch':
    case 'pdm':
      return first === 'publish' && !dry;
    case 'twine':
      return first === 'upload';
    case 'uvx':
      return /^twine(?:[@=]|$)/.test(first ?? '') && second === 'upload';
    case 'pipx':
      return first === 'run' && /^twine(?:[@=]|$)/.test(second ?? '') && third === 'upload';
    case 'python':
    case 'python3':
      return args[0] === '-m' && args[1] === 'twine' && args[2] === 'upload';
    case 'gem':
      return first === 'push';
    case 'nuget':
      return first === 'push';
    case 'dotnet':
      return first === 'nuget' && second === 'push';
    default:
      return false;
  }
}

/** The input with which an action that knows trusted publishing is told to use a token. */
function manualCredential({ uses, with: inputs }: Step): Entry | undefined {
  if (uses?.kind !== 'action' || inputs === undefined) return undefined;
  const text = (name: string): string | undefined => inputs.scalar(name)?.text;
  switch (actionName(uses)) {
    case 'pypa/gh-action-pypi-publish': {
      const index = (text('repository-url') ?? text('repository_url') ?? 'https://upload.pypi.org/legacy/').replace(
        /\/$/,
        '',
      );
      return /^https:\/\/(?:upload|test)\.pypi\.org\/legacy$/.test(index) && (text('password') ?? '') !== ''
        ? inputs.entry('password')
        : undefined;
    }
    case 'rubygems/release-gem':
      return text('setup-trusted-publisher') === 'false' ? inputs.entry('setup-trusted-publisher') : undefined;
    case 'rubygems/configure-rubygems-credentials':
      return (text('gem-server') ?? 'https://rubygems.org').replace(/\/$/, '') === 'https://rubygems.org'
        ? inputs.entry('api-token')
        : undefined;
    case 'actions/setup-node': {
      const registry = (text('registry-url') ?? 'https://registry.npmjs.org').replace(/\/$/, '');
      const auth = text('always-auth');
      return registry === 'https://registry.npmjs.org' && auth !== undefined && auth !== 'false'
        ? inputs.entry('always-auth')
        : undefined;
    }
    default:
      return undefined;
  }
}
