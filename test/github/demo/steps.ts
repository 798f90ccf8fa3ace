import type { Duration } from '../duration.js';
import type { StepPlan } from '../state/plan.js';

const cyan = '\x1b[36;1m';
const off = '\x1b[0m';

/** What a runner prints before a script. */
export function script(command: string, env: Readonly<Record<string, string>> = {}): string {
  const lines = command.split('\n').map((line) => `${cyan}${line}${off}`);
  const variables = Object.entries({ CARGO_TERM_COLOR: 'always', ...env }).map(
    ([name, value]) => `  ${name}: ${value}`,
  );
  return [
    `##[group]Run ${command.split('\n')[0] ?? ''}`,
    ...lines,
    'shell: /usr/bin/bash --noprofile --norc -e -o pipefail {0}',
    'env:',
    ...variables,
    '##[endgroup]',
  ].join('\n');
}

/** A step that runs a script. */
export function shell(
  name: string,
  command: string,
  output: string,
  duration: Duration,
  more: Partial<StepPlan> = {},
): StepPlan {
  return { name, duration, log: `${script(command)}\n${output}`, ...more };
}

export function checkout(repository: string, sha: string): StepPlan {
  const action = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1';
  return {
    name: `Run ${action}`,
    duration: '2s',
    log: `##[group]Run ${action}
with:
  persist-credentials: false
  repository: ${repository}
  token: ***
##[endgroup]
Syncing repository: ${repository}
##[group]Getting Git version info
Working directory is '/home/runner/work/tally/tally'
[command]/usr/bin/git version
git version 2.51.2
##[endgroup]
##[group]Fetching the repository
[command]/usr/bin/git -c protocol.version=2 fetch --no-tags --prune --no-recurse-submodules --depth=1 origin +${sha}:refs/remotes/origin/main
##[endgroup]
[command]/usr/bin/git log -1 --format=%H
${sha}`,
  };
}

export const rust: StepPlan = shell(
  'Set up Rust',
  'rustup show active-toolchain || rustup toolchain install',
  'stable-x86_64-unknown-linux-gnu (default)\nrustc 1.99.1 (8f2e2c1b5 2026-08-20)',
  '4s',
);

export const cache: StepPlan = {
  name: 'Run Swatinem/rust-cache@6323deb102c322ba6fcbdcafc7e3dddab59af2b6',
  duration: '3s',
  log: `##[group]Run Swatinem/rust-cache@6323deb102c322ba6fcbdcafc7e3dddab59af2b6
with:
  workspaces: .
##[endgroup]
##[group]Restoring cache
Cache Size: ~61 MB (64318844 B)
Cache restored successfully
##[endgroup]
... Restored from cache key "v0-rust-check-.-Linux-x64-5e2f10a4-3b9b1c60" full match: true.`,
};

/** The step in which an artifact is uploaded. */
export function upload(name: string): StepPlan {
  const action = 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a';
  return {
    name: `Run ${action}`,
    duration: '2s',
    always: true,
    log: `##[group]Run ${action}
with:
  name: ${name}
##[endgroup]
With the provided path, there will be 1 file uploaded
Artifact name is valid!
Finished uploading artifact content to blob storage!
Artifact ${name} has been successfully uploaded!`,
  };
}

/** How a script that fails ends. */
export function failed(code = 1): string {
  return `##[error]Process completed with exit code ${code}.`;
}
