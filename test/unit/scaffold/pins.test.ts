import assert from 'node:assert/strict';
import {
  choosePin,
  newestPins,
  pinOf,
  raisePin,
  withoutPin,
  withPin,
  type Pin,
} from '../../../src/core/scaffold/pins.js';
import { sha } from './sample-templates.js';

const pin = (digit: string, comment = ''): Pin =>
  pinOf(`- uses: a/b@${/^\d$/.test(digit) ? sha(digit) : digit}${comment}`) ?? assert.fail('not a pin');

describe('pins', () => {
  it('are read from every style of line', () => {
    const versions = (line: string) => pinOf(line)?.version;
    assert.deepEqual(versions(`      - uses: actions/checkout@${sha('1')} # v4.2.1`), [4, 2, 1]);
    assert.deepEqual(versions(`uses: actions/checkout@${sha('1')} # 4.2.1`), [4, 2, 1]);
    assert.deepEqual(versions(`  uses: 'actions/checkout@${sha('1')}' # tag=v4`), [4]);
    assert.deepEqual(versions(`- uses: "actions/cache/restore@${sha('1')}"  #v4.1`), [4, 1]);
    assert.deepEqual(versions(`- uses: a/b@${sha('1')} # ratchet:a/b@v3`), [3]);
    assert.deepEqual(versions(`- uses: a/b@${sha('1')} # pin@v3.2`), [3, 2]);
    assert.deepEqual(versions('- uses: a/b@v7'), [7]);
    assert.deepEqual(versions('          tool: cargo-deny@0.20.2'), [0, 20, 2]);
    assert.equal(versions(`- uses: a/b@${sha('1')}`), undefined);
    assert.equal(versions('- uses: a/b@main'), undefined);
    assert.equal(pinOf('- run: echo uses: a/b@v1'), undefined);
    assert.equal(pinOf('- uses: ./local'), undefined);
    assert.equal(pinOf('# uses: a/b@v1'), undefined);
  });

  it('do not tell lines apart, anything else does', () => {
    const line = `      - uses: a/b@${sha('1')} # v1.0.0`;
    for (const other of [
      `      - uses: a/b@${sha('2')} # v2`,
      '      - uses: a/b@v3',
      `      - uses: a/b@${sha('2')} # tag=v4`,
    ]) {
      assert.equal(withoutPin(line), withoutPin(other));
    }
    for (const other of [
      `     - uses: a/b@${sha('1')} # v1.0.0`,
      `      - uses: a/c@${sha('1')} # v1.0.0`,
      `${line} # needed because`,
    ]) {
      assert.notEqual(withoutPin(line), withoutPin(other));
    }
  });

  it('move between lines without taking quotes or remarks along', () => {
    assert.equal(
      withPin(`- uses: "a/b@${sha('1')}" # v1 # zizmor: ignore[x]`, pin('2', ' # v2')),
      `- uses: "a/b@${sha('2')}" # v2 # zizmor: ignore[x]`,
    );
  });

  const base = pin('1', ' # v7.0.1');
  const cases: [name: string, base: Pin | undefined, yours: Pin, theirs: Pin, winner: 'yours' | 'theirs'][] = [
    ['untouched: the template moves it', base, base, pin('2', ' # v7.1.0'), 'theirs'],
    ['the user moved it, the template did not', base, pin('3', ' # v8.0.0'), base, 'yours'],
    ['the user moved it further than the template', base, pin('3', ' # v8.0.0'), pin('2', ' # v7.1.0'), 'yours'],
    ['the template moved it further than the user', base, pin('2', ' # v7.1.0'), pin('3', ' # v8.0.0'), 'theirs'],
    ['the user moved it back on purpose', base, pin('2', ' # v6.0.0'), pin('3', ' # v8.0.0'), 'yours'],
    ['another comment style', base, pin('3', ' # tag=v8'), pin('2', ' # v7.1.0'), 'yours'],
    ['v7 may be anything', base, pin('3', ' # v7'), pin('2', ' # v7.1.0'), 'yours'],
    ['no comment', base, pin('3'), pin('2', ' # v7.1.0'), 'yours'],
    ['a branch', base, pin('main'), pin('2', ' # v7.1.0'), 'yours'],
    ['only the comment differs', base, pin('1', ' # 7.0.1'), pin('1', ' # v7.0.1'), 'yours'],
    ['nothing known of then, newer here', undefined, pin('3', ' # v8'), pin('2', ' # v7.1.0'), 'yours'],
    ['nothing known of then, newer there', undefined, base, pin('2', ' # v7.1.0'), 'theirs'],
    ['ten is more than nine', undefined, pin('1', ' # v2.9.2'), pin('2', ' # v2.10.0'), 'theirs'],
  ];
  for (const [name, then, yours, theirs, winner] of cases) {
    it(`choose ${winner}: ${name}`, () => {
      assert.equal(choosePin(then, yours, theirs), winner === 'yours' ? yours : theirs);
    });
  }

  it('raise new lines to what the repository already uses', () => {
    const newest = newestPins([
      `- uses: a/b@${sha('1')} # v1.2.0\n- uses: a/b@${sha('2')} # 1.10.0\n- uses: a/b@main\n`,
    ]);
    assert.equal(raisePin(`  - uses: a/b@${sha('3')} # v1.3.0`, newest), `  - uses: a/b@${sha('2')} # 1.10.0`);
    assert.equal(raisePin(`  - uses: a/b@${sha('3')} # v2.0.0`, newest), `  - uses: a/b@${sha('3')} # v2.0.0`);
    assert.equal(raisePin('  - run: x', newest), '  - run: x');
  });
});
