import type { Range, ScalarNode } from '../yaml/node';

/**
 * What `uses:` names:
 * `action` owner/repo[/path]@ref, `docker` docker://image, `local` ./path, `self` $/path (this repository at the
 * running commit), `expression` with `${{ }}`, `invalid` anything else.
 */
export type UsesKind = 'action' | 'docker' | 'local' | 'self' | 'expression' | 'invalid';

export interface Uses {
  readonly node: ScalarNode;
  /** The whole text. */
  readonly text: string;
  readonly kind: UsesKind;
  /** `owner/repo` in lower case, for `action`. */
  readonly slug: string;
  /** As written, for `action`. */
  readonly owner: string;
  readonly repo: string;
  /** Path inside the repository, without slashes at its ends: for `action`, `local` and `self`; else empty. */
  readonly path: string;
  /** Branch, tag or commit behind `@`; for docker the tag or digest. */
  readonly ref: string;
  readonly refRange: Range;
  /** The ref is a full commit SHA. */
  readonly pinned: boolean;
  /** The version in a comment behind it, such as `v4.2.0` of `# v4.2.0` or `# tag=v4.2.0`. */
  readonly version?: string;
  readonly versionRange?: Range;
}

const actionPattern = /^([A-Za-z0-9][\w.-]*)\/([\w.-]+)((?:\/[^@]*)?)@(.+)$/s;
const versionComment = /^[ \t]+#[ \t]*(?:(?:tag|ref|version|renovate: ?tag)[=:][ \t]*)?([^\s#]+)/;

/** @param text of the document, in which the version comment is looked for */
export function readUses(node: ScalarNode, text: string): Uses {
  const uses = node.text;
  const inside = node.start + (node.style === 'single' || node.style === 'double' ? 1 : 0);
  const empty = { slug: '', owner: '', repo: '', path: '', ref: '', refRange: node, pinned: false };
  const of = (kind: UsesKind, rest: Partial<Uses> = {}): Uses => ({ node, text: uses, kind, ...empty, ...rest });
  if (uses.includes('${{')) return of('expression');
  if (uses.startsWith('./') || uses.startsWith('.\\') || uses === '.')
    return of('local', { path: trimSlashes(uses.slice(1).replaceAll('\\', '/')) });
  if (uses.startsWith('$/')) return of('self', { path: trimSlashes(uses.slice(1)) });
  if (uses.startsWith('docker://')) {
    const image = uses.slice('docker://'.length);
    const at = image.search(/@sha256:|:[^/]*$/);
    if (at < 0) return of('docker');
    const refStart = inside + 'docker://'.length + at + 1;
    return of('docker', {
      ref: image.slice(at + 1),
      refRange: { start: refStart, end: inside + uses.length },
      pinned: image.startsWith('@sha256:', at),
    });
  }
  const match = actionPattern.exec(uses);
  if (match === null) return of('invalid');
  const [, owner = '', repo = '', path = '', ref = ''] = match;
  const refStart = inside + uses.length - ref.length;
  return of('action', {
    owner,
    repo,
    slug: `${owner}/${repo}`.toLowerCase(),
    path: trimSlashes(path),
    ref,
    refRange: { start: refStart, end: refStart + ref.length },
    pinned: /^[0-9a-f]{40}$/i.test(ref),
    ...version(text, node.end),
  });
}

function version(text: string, end: number): Pick<Uses, 'version' | 'versionRange'> {
  const lineEnd = text.indexOf('\n', end);
  const rest = text.slice(end, lineEnd < 0 ? undefined : lineEnd);
  const match = versionComment.exec(rest);
  const found = match?.[1];
  if (match === null || found === undefined) return {};
  const start = end + match[0].length - found.length;
  return { version: found, versionRange: { start, end: start + found.length } };
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
