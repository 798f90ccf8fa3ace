import { mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pinnedVersion, toolFile } from '../tools/cache.js';
import { type ActionStep, input, type StandIn } from './stand-in.js';

/**
 * taiki-e/install-action: puts the tool that the tests installed on PATH, if it is the version that the workflow asks
 * for; another version would mean that the tests prove something else than what users get.
 */
export const installAction: StandIn = {
  inputs: ['tool', 'checksum', 'fallback'],
  async perform(step) {
    const bin = join(step.machine.home, 'tools');
    await mkdir(bin, { recursive: true });
    const wanted = input(step, 'tool', '').split(/[\s,]+/);
    for (const tool of wanted) await provide(step, bin, tool);
    return { paths: [bin], log: `installed ${wanted.join(', ')}` };
  },
};

async function provide(step: ActionStep, bin: string, wanted: string): Promise<void> {
  const [tool = '', version] = wanted.split('@');
  if (version === undefined) throw new Error(`"${wanted}" names no version.`);
  // A test that puts a program of its own in a tool's place says so in its machine.
  if (tool in step.run.machine.programs) return;
  const pinned = pinnedVersion(tool);
  if (pinned !== version) {
    throw new Error(`The workflow wants ${wanted}, but the tests have ${pinned ?? 'no such tool'}.`);
  }
  const file = toolFile(tool);
  await symlink(file, join(bin, basename(file)));
}
