import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LcovError, parseLcov, sum, totalsByCrate, totalsOf } from '../../../src/core/coverage/lcov.js';

const report = `TN:
SF:src/lib.rs
FN:1,tally::count<u8,u16>
FN:9,20,tally::never
FNDA:3,tally::count<u8,u16>
FNDA:0,tally::never
DA:1,3
DA:2,0,checksum
DA:9,0
BRDA:2,0,0,-
BRDA:1,0,0,2
BRDA:1,0,1,0
LF:3
LH:1
end_of_record
SF:crates/net/src/lib.rs
DA:1,1
end_of_record
`;

describe('an lcov report', () => {
  it('has lines, functions and branches', () => {
    const [lib, net] = parseLcov(report);
    assert.deepEqual(
      [...(lib?.lines ?? [])],
      [
        [1, 3],
        [2, 0],
        [9, 0],
      ],
    );
    assert.deepEqual(lib?.functions, [
      { name: 'tally::count<u8,u16>', line: 1, count: 3 },
      { name: 'tally::never', line: 9, count: 0 },
    ]);
    assert.deepEqual(
      lib.branches.map(({ line, count }) => [line, count]),
      [
        [2, 0],
        [1, 2],
        [1, 0],
      ],
    );
    assert.deepEqual(totalsOf(lib), { covered: 1, coverable: 3 });
    assert.ok(net);
    assert.deepEqual(sum([lib, net].map(totalsOf)), { covered: 2, coverable: 4 });
  });

  it('is what cargo-tarpaulin writes', () => {
    const [file, ...others] = parseLcov(readFileSync('test/unit/coverage/fixtures/tarpaulin.info', 'utf8'));
    assert.equal(file?.path, '/home/runner/work/x/x/src/lib.rs');
    assert.deepEqual(others, []);
    assert.deepEqual(totalsOf(file), { covered: 0, coverable: 2 });
  });

  it('counts a file that is reported twice together', () => {
    const [file, ...others] = parseLcov(
      'SF:a.rs\r\nDA:1,1\r\nDA:2,0\r\nend_of_record\r\nSF:a.rs\nDA:1,2\nDA:3,1\nend_of_record',
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      [...(file?.lines ?? [])],
      [
        [1, 3],
        [2, 0],
        [3, 1],
      ],
    );
  });

  it('passes over what makes no sense', () => {
    const [file] = parseLcov('DA:1,1\nSF:a.rs\nDA:x,1\nDA:0,1\nDA:5\nDA:6,-2\nDA:7,1e3\nFN:\nBRDA:1\nDA:8,2\n');
    assert.deepEqual([...(file?.lines.keys() ?? [])], [7, 8]);
  });

  it('is refused when it is something else', () => {
    assert.throws(() => parseLcov('<coverage/>'), LcovError);
    assert.deepEqual(parseLcov(''), []);
  });

  it('is added up by crate, by the deepest folder', () => {
    const totals = totalsByCrate(
      parseLcov(report),
      new Map([
        ['.', 'tally'],
        ['crates/net', 'net'],
      ]),
    );
    assert.deepEqual(Object.fromEntries(totals), {
      tally: { covered: 1, coverable: 3 },
      net: { covered: 1, coverable: 1 },
    });
  });
});
