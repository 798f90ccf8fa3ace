import { metadataOf } from '../../catalogue/catalogue';
import { rule } from '../../rule';
import { allUses } from './all-uses';
import { workflowOf } from '../examples';
import { covers } from '../../model/version';

const sha = '6323deb102c322ba6fcbdcafc7e3dddab59af2b6';

export const refVersionMismatch = rule({
  code: 'ref-version-mismatch',
  category: 'security',
  title: 'The comment behind a commit names another version',
  severity: 'warning',
  description:
    'People and Dependabot read the comment, GitHub runs the commit. A wrong comment hides which version runs. Checked for the releases that the bundled catalogue knows; a missing comment is reported only when all rules are on.',
  bad: [workflowOf(`- uses: Swatinem/rust-cache@${sha} # v1.4.0`), workflowOf(`- uses: Swatinem/rust-cache@${sha}`)],
  good: [
    workflowOf(`- uses: Swatinem/rust-cache@${sha} # v2.9.2`),
    workflowOf(`- uses: Swatinem/rust-cache@${sha} # v2`),
  ],
  source: 'zizmor: ref-version-mismatch',
  files: ['workflow', 'action'],
  check: (context) => {
    const { edit } = context;
    for (const { uses } of allUses(context)) {
      if (uses.kind !== 'action' || !uses.pinned) continue;
      const known = metadataOf(uses);
      const tag = known?.sha === uses.ref.toLowerCase() ? known.tag : undefined;
      if (uses.version === undefined) {
        const alone = /^[ \t]*\r?(?:\n|$)/.test(context.text.slice(uses.node.end, uses.node.end + 200));
        const fixes =
          tag === undefined || !alone ? [] : [edit.fix(`Add the version ${tag}`, edit.commentBehind(uses.node, tag))];
        if (context.commentBehind(uses.node) === undefined)
          context.report(uses.node, 'No comment says which version this commit is.', { severity: 'off', fixes });
      } else if (uses.versionRange !== undefined && /^v?\d+(?:\.\d+)*$/.test(uses.version)) {
        const wrong =
          tag !== undefined
            ? !covers(uses.version, tag)
            : known?.tag !== undefined &&
              known.sha !== undefined &&
              strip(uses.version) === strip(known.tag) &&
              uses.slug !== 'dtolnay/rust-toolchain';
        if (!wrong) continue;
        const message =
          tag === undefined
            ? `This commit is not ${uses.version} of ${uses.owner}/${uses.repo}.`
            : `This commit is ${tag}, not ${uses.version}.`;
        context.report(uses.versionRange, message, {
          related: [{ ...uses.refRange, message: 'The commit' }],
          fixes:
            tag !== undefined
              ? [edit.fix(`Replace with ${tag}`, edit.replace(uses.versionRange, tag))]
              : known?.sha === undefined
                ? []
                : [edit.unsafeFix(`Use the commit of ${uses.version}`, edit.replace(uses.refRange, known.sha))],
        });
      }
    }
  },
});

function strip(version: string): string {
  return version.replace(/^v/i, '');
}
