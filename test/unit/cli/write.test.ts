import assert from 'node:assert/strict';
import { chmodSync, chownSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAll } from '../../../src/cli/write.js';
import { InputError } from '../../../src/core/scaffold/input-error.js';
import type { PlannedFile } from '../../../src/core/scaffold/plan.js';
import { folderWith, put, removeFolders, snapshot } from './command-line.js';

const change = (path: string, before: string | undefined, after: string | undefined): PlannedFile => ({
  path,
  action: after === undefined ? 'remove' : 'replace',
  reason: '',
  before,
  after,
  executable: false,
  sides: undefined,
});

/** As root nothing is read-only, so the action runs as somebody else. */
function withoutPrivileges(folder: string, action: () => void): void {
  if (process.getuid?.() !== 0) {
    action();
    return;
  }
  for (const path of ['.', ...Object.keys(snapshot(folder)), 'sub', 'last'])
    chownSync(join(folder, path), 65534, 65534);
  process.seteuid?.(65534);
  try {
    action();
  } finally {
    process.seteuid?.(0);
  }
}

function refusal(action: () => void): InputError {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  return assert.fail('it is refused');
}

describe('writeAll', () => {
  after(removeFolders);

  it('writes, replaces and deletes', () => {
    const folder = folderWith({ 'sub/a': 'a', 'sub/b': 'b' });
    writeAll(folder, [change('sub/a', 'a', 'A'), change('sub/b', 'b', undefined), change('deep/er/c', undefined, 'C')]);
    assert.deepEqual(snapshot(folder), { 'deep/er/c': 'C', 'sub/a': 'A' });
  });

  it('puts everything back when the last step fails', function () {
    if (process.platform === 'win32') this.skip();
    const folder = folderWith({ 'sub/a': 'a', 'sub/b': 'b', 'last/c': 'c' });
    const before = snapshot(folder);
    chmodSync(join(folder, 'last'), 0o555);
    withoutPrivileges(folder, () => {
      const error = refusal(() => {
        writeAll(folder, [
          change('sub/a', 'a', 'A'),
          change('sub/b', 'b', undefined),
          change('sub/new/d', undefined, 'D'),
          change('last/c', 'c', undefined),
        ]);
      });
      assert.equal(error.file, 'last/c');
      assert.match(error.message, /permission denied/);
    });
    assert.deepEqual(snapshot(folder), before);
  });

  it('notices files that changed since the plan', () => {
    const folder = folderWith({ a: 'other', b: 'b' });
    const before = snapshot(folder);
    assert.equal(
      refusal(() => {
        writeAll(folder, [change('b', 'b', 'B'), change('a', 'a', 'A')]);
      }).file,
      'a',
    );
    assert.equal(
      refusal(() => {
        writeAll(folder, [change('b', 'b', 'B'), change('a', undefined, 'A')]);
      }).file,
      'a',
    );
    rmSync(join(folder, 'a'));
    assert.equal(
      refusal(() => {
        writeAll(folder, [change('b', 'b', 'B'), change('a', 'a', 'A')]);
      }).file,
      'a',
    );
    put(folder, 'a', 'other');
    assert.deepEqual(snapshot(folder), before);
  });
});
