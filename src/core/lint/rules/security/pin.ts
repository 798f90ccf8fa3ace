import { metadataOf, newestOf } from '../../catalogue/catalogue';
import type { Fix } from '../../finding';
import type { Editor } from '../../fix/editor';
import type { Uses } from '../../model/uses';
import { covers } from '../../model/version';

/**
 * A fix that replaces the tag of an action by the commit it stands for, with the version in a comment. Safe where the
 * catalogue has that very version, or the newest release of the major version that the tag moves along with.
 */
export function pinFix(edit: Editor, uses: Uses, text: string): Fix | undefined {
  if (uses.kind !== 'action' || uses.ref.includes('${{')) return undefined;
  // Its refs choose a toolchain; the commit alone does not.
  if (uses.slug === 'dtolnay/rust-toolchain') return undefined;
  const known = metadataOf(uses);
  if (known?.tag !== undefined && known.sha !== undefined && covers(uses.ref, known.tag))
    return edit.fix(...pin(edit, uses, known.sha, known.tag, text));
  const other = known?.sha === undefined ? newestOf(uses) : known;
  if (other?.tag === undefined || other.sha === undefined) return undefined;
  return edit.unsafeFix(...pin(edit, uses, other.sha, other.tag, text));
}

/** The title and the edits that pin an action to a commit, with its release in a comment. */
export function pin(edit: Editor, uses: Uses, sha: string, tag: string, text: string): [string, ...Fix['edits']] {
  const lineEnd = /[^\r\n]*/.exec(text.slice(uses.node.end))?.[0] ?? '';
  const comment = /^[ \t]+#[ \t]*(.*)$/.exec(lineEnd)?.[1];
  const title = `Pin to the commit of ${tag}`;
  const change = edit.replace(uses.refRange, sha);
  if (comment !== undefined && !/^v?\d[\w.]*$/.test(comment.trim()))
    return [title, change, edit.commentBehind(uses.node, `${tag} ${comment}`)];
  // In flow style, a comment would swallow what follows.
  return /^\s*(?:#|$)/.test(lineEnd) ? [title, change, edit.commentBehind(uses.node, tag)] : [title, change];
}
