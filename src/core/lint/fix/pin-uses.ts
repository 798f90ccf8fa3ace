import type { LintDocument } from '../document';
import type { Fix } from '../finding';
import type { Uses } from '../model/uses';
import { pin } from '../rules/security/pin';
import { Editor } from './editor';

/** The action that `uses:` names at an offset, where it can be pinned to a commit of a release. */
export function pinnableAt({ jobs, steps }: LintDocument, offset: number): Uses | undefined {
  const uses = [...jobs, ...steps].map((one) => one.uses).find((one) => one?.node.start === offset);
  // The refs of the toolchain choose a version of Rust; a commit alone does not.
  const chosen = uses?.kind === 'action' && !uses.pinned && uses.slug !== 'dtolnay/rust-toolchain';
  return chosen && !uses.ref.includes('${{') ? uses : undefined;
}

/** A fix that pins an action to the commit of a release, found out elsewhere. */
export function pinUses({ text, lines }: LintDocument, uses: Uses, sha: string, tag: string): Fix {
  const [title, ...edits] = pin(new Editor(text, lines), uses, sha, tag, text);
  return { title, edits };
}
