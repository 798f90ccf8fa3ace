import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { sha256 } from './artifact.js';

/** A secret that was set. GitHub never tells the value again; the stand-in keeps it for tests to look at. */
export interface Secret {
  readonly name: string;
  readonly value: string;
  readonly createdAt: number;
  updatedAt: number;
}

/** What secrets are sealed for. It is opened with another library than the one that sealed, so that both must be right. */
export class SealedBox {
  readonly #secretKey = x25519.utils.randomSecretKey();
  readonly #publicKey = x25519.getPublicKey(this.#secretKey);

  get publicKey(): string {
    return Buffer.from(this.#publicKey).toString('base64');
  }

  get keyId(): string {
    return String(BigInt(`0x${sha256(this.#publicKey).slice(0, 15)}`));
  }

  /** @param sealed base64 of what libsodium's `crypto_box_seal` gives. @returns undefined: it was not sealed for this box. */
  open(sealed: string): string | undefined {
    const bytes = Uint8Array.from(Buffer.from(sealed, 'base64'));
    if (bytes.length < 48) return undefined;
    const theirs = bytes.subarray(0, 32);
    const nonce = blake2b(Uint8Array.from([...theirs, ...this.#publicKey]), { dkLen: 24 });
    const shared = words(x25519.getSharedSecret(this.#secretKey, theirs));
    const key = new Uint32Array(8);
    hsalsa(words(new TextEncoder().encode('expand 32-byte k')), shared, new Uint32Array(4), key);
    try {
      return new TextDecoder().decode(xsalsa20poly1305(bytesOf(key), nonce).decrypt(bytes.subarray(32)));
    } catch {
      return undefined;
    }
  }
}

function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

function bytesOf(array: Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer);
}

/** Secrets and variables, of a repository or of an environment of it. */
export class Settings {
  readonly box = new SealedBox();
  readonly secrets = new Map<string, Secret>();
  readonly variables = new Map<string, { value: string; readonly createdAt: number; updatedAt: number }>();
}
