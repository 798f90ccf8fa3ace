import { inflateSync, strFromU8 } from 'fflate';

/**
 * Reads what the plugin packed-json has written; runs in the extension.
 * @param {string} packed JSON, deflated, in base64
 * @returns {unknown}
 */
export function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return JSON.parse(strFromU8(inflateSync(bytes)));
}
