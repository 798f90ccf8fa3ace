import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError, positionAt } from '../../../src/core/scaffold/input-error.js';
import { applyStyle, decodeText, digest, normalise, styleOf } from '../../../src/core/scaffold/text.js';

describe('text', () => {
  it('property: a style goes on and off without a trace', () => {
    const plain = fc.array(fc.constantFrom('a', '', 'x y'), { minLength: 1 }).map((lines) => `${lines.join('\n')}\n`);
    fc.assert(
      fc.property(plain, fc.boolean(), fc.boolean(), (text, byteOrderMark, carriageReturns) => {
        const styled = applyStyle(text, { byteOrderMark, carriageReturns });
        assert.equal(normalise(styled), text);
        assert.deepEqual(styleOf(styled), { byteOrderMark, carriageReturns });
      }),
    );
  });

  it('has one digest in every style', async () => {
    const expected = '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7';
    assert.equal(await digest('a\nb\n'), '911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2');
    assert.equal(await digest('\uFEFFa\r\nb\r\n'), await digest('a\nb\n'));
    assert.equal(await digest('a\n'), expected);
  });

  it('keeps the byte order mark and refuses other encodings', () => {
    assert.equal(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), 'x'), '\uFEFFa');
    assert.throws(() => decodeText(new Uint8Array([0xff, 0xfe, 0x61, 0]), 'x'), InputError);
  });

  it('counts lines and columns from one', () => {
    assert.deepEqual(positionAt('a\nbc', 0), { line: 1, column: 1 });
    assert.deepEqual(positionAt('a\nbc', 3), { line: 2, column: 2 });
  });
});
