import { execa } from 'execa';
import { refName } from '../runner/event.js';
import { type ActionStep, input, type StandIn } from './stand-in.js';
import { join } from 'node:path';

/**
 * actions/checkout: a clone of the repository on this disk, as deep as asked, with the event's commit checked out. As
 * on GitHub a branch is checked out as itself; a tag and a pull request are a commit without a branch.
 */
export const checkout: StandIn = {
  inputs: ['fetch-depth', 'fetch-tags', 'persist-credentials', 'path', 'ref', 'token'],
  async perform(step) {
    const { run, machine } = step;
    const folder = join(machine.workspace, input(step, 'path', '.'));
    const git = async (...args: string[]): Promise<void> => {
      await execa('git', args, { cwd: folder, env: { ...step.env }, extendEnv: false });
    };
    const depth = Number(input(step, 'fetch-depth', '1'));
    const source = `file://${run.repository.folder}`;
    const deep = depth === 0;
    const limit = deep ? [] : [`--depth=${depth}`];
    const tags = deep || input(step, 'fetch-tags', 'false') === 'true' ? '--tags' : '--no-tags';
    const branches = deep ? ['+refs/heads/*:refs/remotes/origin/*'] : [];
    await git('init', '--quiet', '--initial-branch=main', '.');
    await git('remote', 'add', 'origin', source);
    const wanted = target(step);
    await git('fetch', '--quiet', tags, ...limit, 'origin', ...branches, `+${wanted.commit}:refs/remotes/pull/fetched`);
    await git('checkout', '--quiet', '--force', ...wanted.checkout, 'refs/remotes/pull/fetched');
    // What a workflow pushes and fetches later goes to the address that it knows.
    await git('remote', 'set-url', 'origin', `https://github.com/${run.repository.name}`);
    return {};
  },
};

function target(step: ActionStep): { commit: string; checkout: string[] } {
  const { run } = step;
  const ref = input(step, 'ref', '');
  if (ref !== '') return { commit: ref, checkout: ['--detach'] };
  const onBranch = run.event.ref.startsWith('refs/heads/');
  return { commit: run.sha, checkout: onBranch ? ['-B', refName(run.event)] : ['--detach'] };
}
