import { fixAll, lint } from '../../../src/core/lint/lint';
import type { LintOptions } from '../../../src/core/lint/lint';
import type { Finding } from '../../../src/core/lint/finding';
import { Repository } from '../../../src/core/lint/repository';
import type { Example } from '../../../src/core/lint/rule';

export const workflowPath = '.github/workflows/ci.yml';

/** A repository that consists of the given files. */
export function repositoryOf(files: Readonly<Record<string, string>>): Repository {
  return new Repository({
    read: (path) => files[path],
    list: (folder) => Object.keys(files).filter((path) => folder === '' || path.startsWith(`${folder}/`)),
  });
}

/** The parts of an example. Without a path it is a workflow. */
export function partsOf(example: Example): { path: string; text: string; options: LintOptions } {
  if (typeof example === 'string') return { path: workflowPath, text: example, options: {} };
  const path = example.path ?? workflowPath;
  const files = { ...example.files, [path]: example.text };
  return { path, text: example.text, options: example.files === undefined ? {} : { repository: repositoryOf(files) } };
}

/** Lints a workflow; fails where a rule fails. */
export function findingsOf(text: string, options: LintOptions = {}, path = workflowPath): readonly Finding[] {
  const { findings, crashes } = lint(path, text, options);
  if (crashes[0] !== undefined) throw crashes[0].error;
  return findings;
}

/** Findings in short: `LINE code`, by place; of one rule or category where given. */
export function summary(text: string, only?: string, options: LintOptions = {}, path = workflowPath): string[] {
  const { document } = lint(path, text, options);
  return findingsOf(text, options, path)
    .filter(({ code, category }) => only === undefined || only === code || only === category)
    .map(({ code, start }) => `${document.lines.lineAt(start)} ${code}`);
}

/** The marked text of each finding of a rule. */
export function marked(text: string, code: string, options: LintOptions = {}, path = workflowPath): string[] {
  return findingsOf(text, options, path)
    .filter((finding) => finding.code === code)
    .map(({ start, end }) => text.slice(start, end));
}

/** The text after all safe fixes of a rule. */
export function fixed(text: string, code: string, options: LintOptions = {}, path = workflowPath): string {
  return fixAll(path, text, options, (finding) => finding.code === code);
}

/** A workflow of one job with the given steps (lines of a sequence, not indented). */
export function withSteps(steps: string, job = ''): string {
  const indent = (text: string, by: number): string =>
    text
      .split('\n')
      .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
      .join('\n');
  return `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n${job === '' ? '' : `${indent(job, 4)}\n`}    steps:\n${indent(steps, 6)}\n`;
}
