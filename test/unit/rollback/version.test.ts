import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareVersions, isPrerelease, versionIn } from '../../../src/core/rollback/version.js';

describe('versions', () => {
  it('are told from other tags', () => {
    assert.equal(versionIn('v1.2.3'), '1.2.3');
    assert.equal(versionIn('1.2.3-rc.1'), '1.2.3-rc.1');
    for (const tag of ['latest', '1.2', '1', 'sha-0123', 'v1.2.3.4', '']) assert.equal(versionIn(tag), null, tag);
    assert.equal(isPrerelease('1.0.0-rc.1'), true);
    assert.equal(isPrerelease('1.0.0'), false);
  });

  it('are ordered as semver.org says', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.9.0',
      '1.10.0',
      '2.0.0',
    ];
    for (const [left, a] of ordered.entries()) {
      for (const [right, b] of ordered.entries()) {
        assert.equal(compareVersions(a, b), Math.sign(left - right), `${a} and ${b}`);
      }
    }
  });

  it('have one order, whichever way they are compared', () => {
    const part = fc.oneof(fc.nat(3).map(String), fc.constantFrom('a', 'rc', 'x1'));
    const version = fc
      .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.array(part, { maxLength: 3 }))
      .map(([a, b, c, rest]) => `${a}.${b}.${c}${rest.length > 0 ? `-${rest.join('.')}` : ''}`);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        assert.equal(compareVersions(a, b) + compareVersions(b, a), 0);
        assert.equal(compareVersions(a, b) === 0, a === b);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) assert.ok(compareVersions(a, c) <= 0);
      }),
    );
  });
});
