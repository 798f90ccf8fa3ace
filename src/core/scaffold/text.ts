import { InputError } from './input-error.js';

/** How a text is stored, apart from its lines. */
export interface TextStyle {
  byteOrderMark: boolean;
  carriageReturns: boolean;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes a file. The byte order mark stays, so that it can be written back. Throws an InputError for other encodings. */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new InputError({ file: path, what: 'The file is not UTF-8 text.', advice: 'Save it as UTF-8.', cause });
  }
}

/** The lines of a text, without what differs between systems: byte order mark and carriage returns. */
export function normalise(text: string): string {
  const lines = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return lines.startsWith('\uFEFF') ? lines.slice(1) : lines;
}

/** The style of a text; where line endings are mixed, the more frequent ones count. */
export function styleOf(text: string): TextStyle {
  const carriageReturns = text.split('\r\n').length - 1;
  const lineFeeds = text.split('\n').length - 1 - carriageReturns;
  return { byteOrderMark: text.startsWith('\uFEFF'), carriageReturns: carriageReturns > lineFeeds };
}

/** Puts a normalised text into a style. */
export function applyStyle(text: string, style: TextStyle): string {
  const lines = style.carriageReturns ? text.replaceAll('\n', '\r\n') : text;
  return style.byteOrderMark ? `\uFEFF${lines}` : lines;
}

/** SHA-256 of a normalised text, in hex. */
export async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(normalise(text)));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
