import type { Annotation } from '../actions/run.js';
import { finding } from './finding.js';
import type { Finding, LoggedFinding, Severity } from './finding.js';
import { fileOf, foldersOfJob, readRunnerPath } from './paths.js';
import type { FileIndex } from './paths.js';

/** What one job says. */
export interface JobFindings {
  readonly jobId: number;
  readonly jobName: string;
  readonly found: readonly LoggedFinding[];
}

const severities: Readonly<Record<Annotation['level'], Severity>> = {
  failure: 'error',
  warning: 'warning',
  notice: 'info',
};

/** Annotations as findings. What the runner says of itself ("Process completed with exit code 1.") is left out. */
export function findingsOfAnnotations(annotations: readonly Annotation[]): LoggedFinding[] {
  return annotations
    .filter(({ path, message }) => path !== '.github' && !message.startsWith('Process completed with exit code'))
    .map(({ path, line, endLine, column, endColumn, level, title, message }) => {
      const [first = '', ...rest] = message.split('\n');
      return finding({
        path,
        place: { line, column, endLine, endColumn },
        severity: severities[level],
        title: first,
        detail: rest.join('\n'),
        code: title,
        source: 'ci',
        logLine: null,
      });
    });
}

/**
 * The findings of several jobs as those of the repository: with its paths, and each once, whichever legs of a matrix and
 * whichever ways (log, annotation) reported it. Errors first, then by file and line.
 */
export function mergeFindings(jobs: readonly JobFindings[], files: FileIndex): Finding[] {
  const merged: Finding[] = [];
  const byPlace = new Map<string, Finding[]>();
  // What the log says is richer than an annotation: it comes first, and the annotation joins it.
  const ordered = jobs.flatMap((job) => job.found.map((found) => ({ job, found })));
  ordered.sort((a, b) => Number(a.found.logLine === null) - Number(b.found.logLine === null));
  for (const { job, found } of ordered) {
    const path = resolved(found, foldersOfJob(job.jobName), files);
    const key = `${path ?? ''}:${found.place?.line ?? found.anchor ?? ''}`;
    const there = byPlace.get(key) ?? [];
    const same = there.findIndex((other) => isSame(other, found));
    const known = there[same];
    if (known) {
      if (known.jobIds.includes(job.jobId)) continue;
      const joined = { ...known, jobs: [...known.jobs, job.jobName], jobIds: [...known.jobIds, job.jobId] };
      there[same] = joined;
      merged[merged.indexOf(known)] = joined;
      continue;
    }
    const added = { ...found, path, jobs: [job.jobName], jobIds: [job.jobId], related: relatedIn(found, job, files) };
    byPlace.set(key, [...there, added]);
    merged.push(added);
  }
  return merged.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.path ?? '\uFFFF').localeCompare(b.path ?? '\uFFFF') ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );
}

function rank({ severity }: Finding): number {
  return { error: 0, warning: 1, info: 2 }[severity];
}

function resolved({ path }: LoggedFinding, folders: readonly string[], files: FileIndex): string | null {
  return path === null ? null : fileOf(readRunnerPath(path), folders, files);
}

function relatedIn(found: LoggedFinding, job: JobFindings, files: FileIndex): Finding['related'] {
  return found.related.flatMap((related) => {
    const path = fileOf(readRunnerPath(related.path), foldersOfJob(job.jobName), files);
    return path === null ? [] : [{ ...related, path }];
  });
}

/** Messages differ in what is appended: labels in the short format, the test that failed. */
function isSame(one: LoggedFinding, other: LoggedFinding): boolean {
  const columns = [one.place?.column ?? null, other.place?.column ?? null];
  if (columns[0] !== null && columns[1] !== null && columns[0] !== columns[1]) return false;
  return one.title.startsWith(other.title) || other.title.startsWith(one.title);
}
