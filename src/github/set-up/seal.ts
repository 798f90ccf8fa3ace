import sodium from 'libsodium-wrappers';
import type { Seal } from './secrets.js';

/** Seals as GitHub's documentation says. */
export const seal: Seal = async (text, publicKey) => {
  await sodium.ready;
  const variant = sodium.base64_variants.ORIGINAL;
  const sealed = sodium.crypto_box_seal(sodium.from_string(text), sodium.from_base64(publicKey, variant));
  return sodium.to_base64(sealed, variant);
};
