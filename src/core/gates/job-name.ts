/**
 * What a job is called without the values of its matrix: `test (ubuntu-latest, stable)` is `test`, and of a called workflow
 * `ci / test (stable)` is `ci / test`.
 */
export function baseName(jobName: string): string {
  return jobName.replace(/\s*\([^()]*\)\s*$/, '').trim() || jobName;
}

/** The values of its matrix, as GitHub shows them: `ubuntu-latest, stable`; null where there are none. */
export function legOf(jobName: string): string | null {
  return /\(([^()]*)\)\s*$/.exec(jobName)?.[1] ?? null;
}

/** `test` for `.github/workflows/test.yml`. */
export function workflowIdOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}
