import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uri } from 'vscode';
import { findPipelines, findTarget, pickFolder } from '../../../src/editor/scaffold/folder.js';
import { createProject } from './project.js';
import { Script } from './script.js';
import type { Answers } from './script.js';

describe('the folder of a pipeline', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await realpath(await mkdtemp(join(tmpdir(), 'rust-ci-folder-')));
    await mkdir(join(parent, 'crates/api'), { recursive: true });
  });
  afterEach(() => rm(parent, { recursive: true }));

  async function find(folder: string, answers: Answers = {}) {
    const script = new Script(answers);
    const target = await findTarget(script, 'Scaffold Rust CI', Uri.file(folder));
    return { script, root: target?.root.fsPath, inside: target?.inside };
  }

  it('is the folder itself without git', async () => {
    const { script, root, inside } = await find(join(parent, 'crates'));
    assert.deepEqual([root, inside, script.asked.length], [join(parent, 'crates'), '.', 0]);
  });

  it('is asked for when the repository begins above what is open', async () => {
    await mkdir(join(parent, '.git'));
    const folder = join(parent, 'crates/api');
    const { script, root } = await find(folder, { 'GitHub runs only': 'Write the pipeline here' });
    assert.equal(root, folder);
    assert.match(script.question('GitHub runs only').labels[0] ?? '', /^Open the repository rust-ci-folder-/);
    const left = await find(folder, { 'GitHub runs only': 'leave' });
    assert.equal(left.root, undefined);
  });

  it('is the root of the repository inside what is open', async () => {
    const project = await createProject({ 'crates/api/Cargo.toml': '' });
    try {
      const { root, inside } = await find(project.uri('crates/api').fsPath);
      assert.deepEqual([root, inside], [project.root.fsPath, 'crates/api']);
    } finally {
      await project.remove();
    }
  });

  it('is asked for when there are several', async () => {
    const client = Uri.file(join(parent, 'client'));
    const server = Uri.file(join(parent, 'server'));
    const script = new Script({ 'Which one': 'server' });
    assert.equal(await pickFolder(script, 'Scaffold Rust CI', [client, server], 'Which one?'), server);
    assert.equal(await pickFolder(script, 'Scaffold Rust CI', [client], 'Which one?'), client);
  });

  it('is found again by its manifest, below what is open too', async () => {
    const project = await createProject({ '.github/rust-ci.json': '{}' });
    try {
      assert.deepEqual((await findPipelines()).map(String), [project.root.toString()]);
    } finally {
      await project.remove();
    }
  });
});
