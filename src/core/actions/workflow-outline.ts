/** A job as a workflow file has it. */
export interface OutlinedJob {
  readonly id: string;
  /** What GitHub calls it, as far as it is written; null where it is called by its id. */
  readonly name: string | null;
  /** Line of its key, from 0. */
  readonly line: number;
}

/** Where things are in a workflow file. */
export interface WorkflowOutline {
  /** Line of `on`, from 0; where that is missing, the first. */
  readonly onLine: number;
  readonly byHand: boolean;
  readonly jobs: readonly OutlinedJob[];
}

/** Finds the jobs of a workflow by its indentation, so that it also works while somebody is typing. */
export function outlineOf(text: string): WorkflowOutline {
  const jobs: OutlinedJob[] = [];
  let onLine = 0;
  let byHand = false;
  let section = '';
  let indent: number | undefined;
  let inner: number | undefined;
  for (const [line, content] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(content)) continue;
    const depth = content.length - content.trimStart().length;
    const [, key = '', value = ''] = /^\s*["']?([\w-]+)["']?\s*:(?:\s+(.*))?$/.exec(content) ?? [];
    if (depth === 0) {
      section = key;
      if (key === 'on') onLine = line;
    }
    if (section === 'on' && /\bworkflow_dispatch\b/.test(content)) byHand = true;
    if (section !== 'jobs' || depth === 0) continue;
    indent ??= depth;
    if (depth === indent && key !== '') {
      jobs.push({ id: key, name: null, line });
      inner = undefined;
    } else if (depth > indent) {
      inner ??= depth;
      const job = jobs.at(-1);
      if (job && depth === inner && key === 'name' && value !== '') {
        jobs.splice(-1, 1, { ...job, name: value.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2') });
      }
    }
  }
  return { onLine, byHand, jobs };
}

/** Whether a job that ran is the one of the file: by its name, whose expressions may have become anything, or by its id. */
export function isJobOf({ id, name }: OutlinedJob, ranAs: string): boolean {
  const written = name ?? id;
  const pattern = written
    .split(/\$\{\{.*?\}\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}(?: \\(.*\\))?(?: / .*)?$`).test(ranAs);
}
