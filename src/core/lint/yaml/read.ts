import { readWithLibrary } from './library-reader';
import type { YamlTree } from './node';
import { readQuickly } from './quick-reader';

/** GitHub accepts less than this; reading more would hold up an editor for nothing. In UTF-16 units. */
export const maxTextLength = 1_500_000;

/** Reads a file's YAML. Never throws: what cannot be read is a problem in the result. */
export function readYaml(text: string): YamlTree {
  if (text.length > maxTextLength) {
    const message = 'This file is too large to be checked (more than 1.5 million characters).';
    return {
      root: undefined,
      problems: [{ start: 0, end: 0, message }],
      anchors: [],
      aliases: [],
      explicitKeys: false,
    };
  }
  return readQuickly(text) ?? readWithLibrary(text);
}
