import assert from 'node:assert/strict';
import * as v from 'valibot';
import { choose } from '../../../src/core/pipeline/choose.js';
import { defaultOptions, optionsSchema } from '../../../src/core/pipeline/options.js';
import { detect } from '../../../src/core/pipeline/project.js';
import { MemoryWorkspace } from '../scaffold/memory-workspace.js';

const recommend = async (files: Record<string, string>) => choose(await detect(new MemoryWorkspace(files)));
const manifest = '[package]\nname = "a"\nversion = "1.0.0"\n';

describe('choose', () => {
  it('recommends the whole pipeline for an empty repository', async () => {
    const { options, reasons } = await recommend({});
    assert.deepEqual(options, defaultOptions);
    assert.notEqual(options.workflows, defaultOptions.workflows, 'the defaults are copied');
    assert(Object.keys(options).every((key) => key in reasons));
  });

  it('follows the project', async () => {
    const { options, reasons } = await recommend({
      'backend/Cargo.toml': `${manifest}rust-version = "1.80"\n`,
      'backend/src/main.rs': '',
      'cli/Cargo.toml': manifest,
      'fuzz/Cargo.toml': `${manifest}[package.metadata]\ncargo-fuzz = true\n`,
      '.config/nextest.toml': '',
      '.cargo/config.toml': '[registries.corp]\nindex = "x"\n[registries."not usable"]\nindex = "x"\n',
      '.git/HEAD': 'ref: refs/heads/trunk\n',
    });
    assert.deepEqual(options.roots, ['backend', 'cli']);
    assert.deepEqual(options.gates, ['docs', 'msrv', 'nextest']);
    assert.deepEqual(options.registries, ['corp']);
    assert.equal(options.defaultBranch, 'trunk');
    assert.match(reasons.gates, /rust-version is 1\.80/);
    assert.match(reasons.roots, /2 packages in backend, cli/);
    assert.match(reasons.workflows, /images for a Dockerfile/);
    assert.doesNotMatch(reasons.workflows, /binary/);
    assert(v.is(optionsSchema, options));
  });

  it('runs only where a bare-metal project can', async () => {
    const { options } = await recommend({
      'Cargo.toml': manifest,
      '.cargo/config.toml': '[build]\ntarget = "thumbv7em-none-eabihf"\n',
    });
    assert.deepEqual(options.runners, ['linux']);
  });

  it('does without a branch name that a workflow cannot carry', async () => {
    const { options, reasons } = await recommend({ '.git/HEAD': 'ref: refs/heads/a{b}\n' });
    assert.equal(options.defaultBranch, 'main');
    assert.match(reasons.defaultBranch, /"a\{b\}" cannot/);
  });
});
