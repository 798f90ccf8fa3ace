import type { Fix, TextEdit } from '../../finding';
import type { Job, Workflow } from '../../model/workflow';
import type { RuleContext } from '../../rule';
import type { Entry, MapNode, Range } from '../../yaml/node';
import { neededBy } from './needed-permissions';
import type { Level, Permissions } from './needed-permissions';

/**
 * A fix that gives the workflow only read access and every job what it needs. Safe where all that jobs do is known; a
 * job of which that is not known keeps what it has, if that is written down.
 *
 * @param block the `permissions` of one job instead
 */
export function narrowed(context: RuleContext, workflow: Workflow, block?: Entry): Fix | undefined {
  const { edit, jobs } = context;
  if (workflow.node.flow || jobs.some(({ node }) => node.flow)) return undefined;
  if (block !== undefined) {
    const job = jobs.find(({ permissions }) => permissions === block);
    const needed = job === undefined ? undefined : neededBy(job);
    const wanted = needed ?? readOnly;
    const reasons = block.value.kind === 'map' && !block.value.flow ? reasonsIn(context, block.value) : undefined;
    const change =
      reasons === undefined
        ? edit.setValue(block, written(wanted, edit.columnOf(block.start), edit.lineBreak))
        : edit.replace(reasons, blockOf(wanted, reasons, edit.lineBreak));
    return needed === undefined || losesReasons(reasons, wanted)
      ? edit.unsafeFix(
          needed === undefined ? 'Allow only reading the contents' : 'Allow only what the job needs',
          change,
        )
      : edit.fix('Allow only what the job needs', change);
  }
  const given = workflow.permissions?.value;
  const old = given?.kind === 'map' ? levels(given) : undefined;
  const reasons = given?.kind === 'map' && !given.flow ? reasonsIn(context, given) : undefined;
  const edits: TextEdit[] = [];
  const moved = new Set<string>();
  let certain = true;
  for (const job of jobs) {
    if (job.permissions !== undefined) continue;
    const needed = neededBy(job);
    if (needed === undefined && old === undefined) certain = false;
    const wanted = needed === undefined ? old : old === undefined ? needed : common(needed, old);
    if (wanted !== undefined && ![...wanted].every(([scope, level]) => scope === 'contents' && level === 'read'))
      edits.push(addPermissions(edit, job, wanted, reasons));
    for (const scope of wanted?.keys() ?? []) moved.add(scope);
  }
  if (workflow.permissions === undefined) edits.unshift(topPermissions(context, workflow));
  else {
    const kept: Permissions = new Map([...(old ?? readOnly)].filter(([, level]) => level === 'read'));
    const reads = kept.size > 0 ? kept : old?.has('contents') === true ? readOnly : kept;
    if (losesReasons(reasons, reads, moved)) certain = false;
    edits.unshift(
      reasons === undefined
        ? edit.setValue(workflow.permissions, written(reads, 0, edit.lineBreak))
        : edit.replace(reasons, blockOf(reads, reasons, edit.lineBreak)),
    );
  }
  const title = edits.length > 1 ? 'Give each job only what it needs' : 'Allow only reading the contents';
  return certain ? edit.fix(title, ...edits) : edit.unsafeFix(title, ...edits);
}

/** Above `jobs` and its comments, set off by an empty line where `jobs` is. */
function topPermissions({ document, edit }: RuleContext, workflow: Workflow): TextEdit {
  const jobs = workflow.node.entry('jobs');
  if (jobs === undefined) return edit.addEntry(workflow.node, 'permissions', '\n  contents: read');
  const { lines } = document;
  let line = lines.lineAt(jobs.start);
  const indentation = ' '.repeat(edit.columnOf(jobs.start));
  while (line > 1 && lines.textOf(line - 1).startsWith(`${indentation}#`)) line--;
  const { lineBreak } = edit;
  const gap = line > 1 && lines.textOf(line - 1).trim() === '' ? lineBreak : '';
  return edit.insert(
    lines.startOf(line),
    `${indentation}permissions:${lineBreak}${indentation}  contents: read${lineBreak}${gap}`,
  );
}

const readOnly: Permissions = new Map([['contents', 'read']]);

function addPermissions(edit: RuleContext['edit'], job: Job, wanted: Permissions, reasons?: Reasons): TextEdit {
  const lines = linesOf(wanted, reasons).map((line) => `\n  ${line}`);
  return edit.addEntry(job.node, 'permissions', lines.join(''), job.uses === undefined ? { before: 'steps' } : {});
}

/** Permissions to stand behind the colon; `{}` for none. */
function written(permissions: Permissions, column: number, lineBreak: string): string {
  if (permissions.size === 0) return '{}';
  const indentation = lineBreak + ' '.repeat(column + 2);
  return indentation + linesOf(permissions).join(indentation);
}

function linesOf(permissions: Permissions, reasons?: Reasons): string[] {
  return [...permissions].flatMap(([scope, level]) => {
    const { above = [], behind = '' } = reasons?.byScope.get(scope) ?? {};
    return [...above, `${scope}: ${level}${behind}`];
  });
}

/** The lines of a block of permissions, with the comments that say what each is for. */
interface Reasons extends Range {
  readonly column: number;
  readonly byScope: ReadonlyMap<string, { readonly above: readonly string[]; readonly behind: string }>;
}

function reasonsIn({ document, edit }: RuleContext, map: MapNode): Reasons {
  const { lines } = document;
  const byScope = new Map<string, { above: string[]; behind: string }>();
  let [start, end] = [map.start, map.end];
  for (const entry of map.entries) {
    const own = lines.lineAt(entry.start);
    let line = own;
    while (line > 1 && /^\s*#/.test(lines.textOf(line - 1))) line--;
    start = Math.min(start, lines.startOf(line) + (/^[ \t]*/.exec(lines.textOf(line))?.[0].length ?? 0));
    end = Math.max(end, lines.endOf(own));
    const above = Array.from({ length: own - line }, (_, index) => lines.textOf(line + index).trim());
    const behind = /[ \t]+#.*$/.exec(document.text.slice(entry.end, lines.endOf(own)))?.[0] ?? '';
    byScope.set(entry.key.text, { above, behind });
  }
  return { start, end, column: edit.columnOf(map.start), byScope };
}

/** Whether a comment is about a permission that is nowhere any more. */
function losesReasons(reasons: Reasons | undefined, kept: Permissions, moved?: ReadonlySet<string>): boolean {
  return [...(reasons?.byScope ?? [])].some(
    ([scope, { above, behind }]) => !kept.has(scope) && moved?.has(scope) !== true && above.length + behind.length > 0,
  );
}

function blockOf(permissions: Permissions, reasons: Reasons, lineBreak: string): string {
  const lines = permissions.size === 0 ? ['{}'] : linesOf(permissions, reasons);
  return lines.join(lineBreak + ' '.repeat(reasons.column));
}

function levels(map: MapNode): Permissions {
  const found = new Map<string, Level>();
  for (const { key, value } of map.entries)
    if (value.kind === 'scalar' && (value.text === 'read' || value.text === 'write')) found.set(key.text, value.text);
  return found;
}

/** What is needed, as far as it was given. */
function common(needed: Permissions, given: Permissions): Permissions {
  const both = new Map<string, Level>();
  for (const [scope, level] of needed) {
    const allowed = given.get(scope);
    if (allowed !== undefined) both.set(scope, level === 'write' ? allowed : 'read');
  }
  return both;
}
