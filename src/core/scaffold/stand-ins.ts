import type { Workspace } from './workspace.js';

/** Where else a project may keep what a file of the pipeline is for. Tools would read both, or the wrong one. */
const alternatives = new Map([
  [
    '.github/dependabot.yml',
    [
      '.github/dependabot.yaml',
      'renovate.json',
      'renovate.json5',
      '.renovaterc',
      '.renovaterc.json',
      '.github/renovate.json',
      '.github/renovate.json5',
    ],
  ],
  ['deny.toml', ['.deny.toml', '.cargo/deny.toml']],
]);

/** A file of the user's that serves the purpose of a file of the pipeline; undefined when there is none. */
export async function standIn(workspace: Workspace, path: string): Promise<string | undefined> {
  const candidates = alternatives.get(path) ?? [];
  const kinds = await Promise.all(candidates.map((candidate) => workspace.kind(candidate)));
  return candidates[kinds.indexOf('file')];
}
