import assert from 'node:assert/strict';
import { packageFolder, packageName } from '../../../src/core/coverage/crate-folders.js';
import { inRepository } from '../../../src/core/coverage/in-repository.js';
import { parseLcov } from '../../../src/core/coverage/lcov.js';
import { indexFiles } from '../../../src/core/problems/paths.js';

const files = indexFiles(['Cargo.toml', 'src/lib.rs', 'crates/net/Cargo.toml', 'crates/net/src/lib.rs']);

describe('the files of a coverage report', () => {
  it('are those of the repository, whatever the runner called them', () => {
    const report = parseLcov(
      ['/home/runner/work/x/x/src/lib.rs', 'crates/net/src/lib.rs', 'src/gone.rs', '/usr/lib/rust/core.rs']
        .map((path) => `SF:${path}\nDA:1,1\nend_of_record\n`)
        .join(''),
    );
    const { files: known, unknown } = inRepository(report, files);
    assert.deepEqual([known.map(({ path }) => path), unknown], [['src/lib.rs', 'crates/net/src/lib.rs'], 2]);
  });

  it('belong to the nearest package above them', () => {
    assert.equal(packageFolder('src/lib.rs', files), '.');
    assert.equal(packageFolder('crates/net/src/lib.rs', files), 'crates/net');
    assert.equal(packageFolder('a/b.rs', indexFiles([])), null);
  });

  it('are of a package with a name', () => {
    assert.equal(
      packageName('[workspace]\nmembers = []\n\n[package]\nname = "net"\n[dependencies]\nname = "x"\n'),
      'net',
    );
    assert.equal(packageName('[package]\nversion = "1"\n[[bin]]\nname = "b"\n'), null);
    assert.equal(packageName('[workspace]\n'), null);
  });
});
