import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportSchema } from '../../../src/core/gates/report.js';

const folder = 'workflows-template/.github/rust-ci';
const scripts = readdirSync(folder);

function has(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

describe('scripts of the pipeline', () => {
  it('are strict, say how they are called, and have no line endings that bash does not like', () => {
    for (const name of scripts) {
      const text = readFileSync(join(folder, name), 'utf8');
      assert.match(text, /^#!\/usr\/bin\/env bash\n# [A-Z]/, name);
      assert.match(text, /\nset -euo pipefail\n/, name);
      assert(!text.includes('\r'), name);
    }
  });

  it('are called by a workflow or another script', () => {
    const workflows = 'workflows-template/.github/workflows';
    const programs = [
      ...scripts.map((name) => join(folder, name)),
      ...readdirSync(workflows).map((name) => join(workflows, name)),
    ];
    for (const name of scripts) {
      const callers = programs.filter(
        (path) => !path.endsWith(name) && readFileSync(path, 'utf8').includes(`/${name}`),
      );
      assert(callers.length > 0, name);
    }
  });

  it('are what bash can read', function () {
    if (!has('bash')) this.skip();
    for (const name of scripts) {
      const { status, stderr } = spawnSync('bash', ['-n', join(folder, name)], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
  });

  it('pass shellcheck', function () {
    if (!has('shellcheck')) this.skip();
    this.timeout(60_000);
    const { status, stdout } = spawnSync('shellcheck', ['-x', ...scripts], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });

  it('write no key into the report that its schema does not name', () => {
    const known = new Set(Object.keys(reportSchema.pipe[0].entries));
    const text = readFileSync(join(folder, 'report.sh'), 'utf8');
    const [, head = ''] = /\n {2}\| \{\n([\s\S]*?)\n {6}gates: \[/.exec(text) ?? [];
    const keys = [...head.matchAll(/^ {6}(\w+):/gm)].map(([, key]) => key ?? '');
    assert.deepEqual(keys, ['schema', 'workflow', 'repository', 'commit', 'ref', 'event', 'run', 'created']);
    for (const key of keys) assert(known.has(key), key);
  });
});
