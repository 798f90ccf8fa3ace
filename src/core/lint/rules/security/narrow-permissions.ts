import type { Fix, TextEdit } from '../../finding';
import type { Job, Workflow } from '../../model/workflow';
import type { RuleContext } from '../../rule';
import type { Entry } from '../../yaml/node';
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
    const change = edit.setValue(block, written(needed ?? readOnly, edit.columnOf(block.start), edit.lineBreak));
    return needed === undefined
      ? edit.unsafeFix('Allow only reading the contents', change)
      : edit.fix('Allow only what the job needs', change);
  }
  const given = workflow.permissions?.value;
  const old = given?.kind === 'map' ? levels(given) : undefined;
  const edits: TextEdit[] = [];
  let certain = true;
  for (const job of jobs) {
    if (job.permissions !== undefined) continue;
    const needed = neededBy(job);
    if (needed === undefined && old === undefined) certain = false;
    const wanted = needed === undefined ? old : old === undefined ? needed : common(needed, old);
    if (wanted !== undefined && ![...wanted].every(([scope, level]) => scope === 'contents' && level === 'read'))
      edits.push(addPermissions(edit, job, wanted));
  }
  if (workflow.permissions === undefined) edits.unshift(topPermissions(context, workflow));
  else {
    const kept: Permissions = new Map([...(old ?? readOnly)].filter(([, level]) => level === 'read'));
    const reads = kept.size > 0 ? kept : old?.has('contents') === true ? readOnly : kept;
    edits.unshift(
      edit.setValue(workflow.permissions, written(reads, 0, edit.lineBreak, given?.kind === 'map' && !given.flow)),
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
  while (line > 1 && lines.textOf(line - 1).startsWith('#')) line--;
  const { lineBreak } = edit;
  const gap = line > 1 && lines.textOf(line - 1).trim() === '' ? lineBreak : '';
  return edit.insert(lines.startOf(line), `permissions:${lineBreak}  contents: read${lineBreak}${gap}`);
}

const readOnly: Permissions = new Map([['contents', 'read']]);

function addPermissions(edit: RuleContext['edit'], job: Job, wanted: Permissions): TextEdit {
  const lines = [...wanted].map(([scope, level]) => `\n  ${scope}: ${level}`).join('');
  return edit.addEntry(job.node, 'permissions', lines, job.uses === undefined ? { before: 'steps' } : {});
}

/** A block of permissions, to stand behind the colon; `{}` for none. */
function written(permissions: Permissions, column: number, lineBreak: string, inBlock = false): string {
  if (permissions.size === 0) return '{}';
  const indentation = ' '.repeat(column + 2);
  const lines = [...permissions].map(([scope, level]) => `${scope}: ${level}`);
  return inBlock ? lines.join(lineBreak + indentation) : lineBreak + indentation + lines.join(lineBreak + indentation);
}

function levels(map: Extract<Entry['value'], { kind: 'map' }>): Permissions {
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
