import assert from 'node:assert/strict';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { ArtifactError } from '../../../src/github/artifact-error.js';
import { isSafeName, isZip, unzip } from '../../../src/github/zip.js';

const archive = (files: Zippable): Uint8Array => zipSync(files);
const bounds = { entries: 3, bytes: 1000 };

function refused(bytes: Uint8Array, limits = bounds): ArtifactError['reason'] {
  try {
    unzip(bytes, limits);
  } catch (error) {
    assert.ok(error instanceof ArtifactError, String(error));
    return error.reason;
  }
  throw new assert.AssertionError({ message: 'It was not refused.' });
}

/** Replaces bytes, as often as they occur. */
function patched(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').replaceAll(from, to);
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

describe('zip archives of artifacts', () => {
  it('are read by the names of their files', () => {
    const files = unzip(archive({ 'a.json': strToU8('{}'), 'new/sample.json': strToU8('[1]') }));
    assert.deepEqual([...files.keys()].sort(), ['a.json', 'new/sample.json']);
    assert.equal(new TextDecoder().decode(files.get('new/sample.json')), '[1]');
  });

  it('may have folders, which are left out', () => {
    assert.deepEqual([...unzip(archive({ 'new/': new Uint8Array(), 'new/a': strToU8('x') })).keys()], ['new/a']);
  });

  it('may not have names that lead elsewhere', () => {
    for (const name of [
      '../a',
      'a/../../b',
      '/etc/passwd',
      'C:\\a',
      'a\\..\\b',
      'a//b',
      './a',
      'a\u0000b',
      'a:b',
      '..',
      'a/CON',
      'nul.txt',
      'a.',
      'a ',
      'what?',
      'a\u202etxt.exe',
    ]) {
      assert.equal(isSafeName(name), false, name);
      if (!name.includes('\u0000')) assert.equal(refused(archive({ [name]: strToU8('x') })), 'refused', name);
    }
    for (const name of [
      'a',
      'rust-ci-report.json',
      'parse (large)/new/estimates.json',
      'a,b=c@d+e/f_g',
      'größe/日本.txt',
      'macro.vec!.html',
      "[id]~it's#1",
    ]) {
      assert.equal(isSafeName(name), true, name);
    }
  });

  it('may not have more files, nor larger ones, than allowed', () => {
    const files = Object.fromEntries([1, 2, 3, 4].map((number) => [`file-${number}`, strToU8('x')]));
    assert.equal(refused(archive(files)), 'too-large');
    assert.equal(refused(archive({ bomb: new Uint8Array(1001) })), 'too-large');
    assert.equal(refused(archive({ one: new Uint8Array(600), other: new Uint8Array(600) })), 'too-large');
    assert.equal(unzip(archive({ one: new Uint8Array(1000) }), bounds).size, 1);
  });

  it('may not have a file twice', () => {
    const twice = patched(archive({ 'one.txt': strToU8('1'), 'two.txt': strToU8('2') }), 'two.txt', 'one.txt');
    assert.equal(refused(twice), 'refused');
  });

  it('may not be damaged', () => {
    const whole = archive({ 'a.txt': strToU8('hello '.repeat(50)) });
    assert.equal(refused(whole.subarray(0, whole.length - 10)), 'damaged');
    assert.equal(refused(strToU8('PK but no archive')), 'damaged');
  });

  it('may not state more than a file has', () => {
    const whole = archive({ 'a.txt': strToU8('hello '.repeat(50)) });
    const directory = Buffer.from(whole).lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    const lying = whole.slice();
    new DataView(lying.buffer).setUint32(directory + 24, 900, true);
    assert.equal(refused(lying), 'damaged');
  });

  it('are known by their first bytes', () => {
    assert.equal(isZip(archive({ a: strToU8('x') })), true);
    assert.equal(isZip(archive({})), true);
    assert.equal(isZip(strToU8('{"schema": 1}')), false);
    assert.equal(isZip(new Uint8Array()), false);
  });
});
