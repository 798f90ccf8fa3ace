import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { severities } from '../../core/lint/finding';
import type { Severity } from '../../core/lint/finding';
import { fixAll, lint } from '../../core/lint/lint';
import type { LintOptions } from '../../core/lint/lint';
import { Repository } from '../../core/lint/repository';
import { rules } from '../../core/lint/rules/index';
import { reaches } from '../../core/lint/settings';
import { filesAt, pathIn, repositoryRoot } from './discover';
import { format, formats, toJson } from './formats';
import type { FileReport, Format } from './formats';
import { DiskFiles } from './repository-files';

export const lintUsage = `Usage: rust-ci lint [PATH…] [options]

Checks GitHub Actions workflows, action.yml and dependabot.yml. A PATH is a file, or a folder in which they are looked
for; without one the current folder.

  --format text|json|sarif|github   how findings are printed (text)
  --fix                             repair what can be repaired safely, then report the rest
  --min-severity SEVERITY           report only error, warning, info, or hint and above
  --all-rules                       report what is off by default too, as hints
  --batch                           read one path per line on standard input, answer each with one line of JSON

The environment variable LINT_ROOT names the repository's root; without it the nearest folder with .git or .github.
Exit code: 0 no finding at or above the threshold (--min-severity; warning without it), 1 some, 2 wrong use or a file
that cannot be read.
`;

interface Options {
  readonly format: Format;
  readonly fix: boolean;
  readonly minSeverity: Severity | undefined;
  readonly allRules: boolean;
  readonly root: string | undefined;
}

/** What the command touches of its process. */
export interface LintStreams {
  readonly input: NodeJS.ReadableStream;
  readonly print: (text: string) => void;
  readonly tell: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const ofProcess: LintStreams = {
  input: process.stdin,
  print: (text) => void process.stdout.write(text),
  tell: (text) => void process.stderr.write(text),
  env: process.env,
};

/**
 * `rust-ci lint`.
 *
 * @param args what stands behind `lint` on the command line
 * @returns the exit code
 */
export async function lintCommand(args: readonly string[], streams: LintStreams = ofProcess): Promise<number> {
  let parsed;
  try {
    parsed = parse(args, streams.env['LINT_ROOT']);
  } catch (error) {
    streams.tell(`rust-ci lint: ${error instanceof Error ? error.message : String(error)}\n\n${lintUsage}`);
    return 2;
  }
  if (parsed.help) {
    streams.print(lintUsage);
    return 0;
  }
  const linter = new FileLinter(parsed.options);
  return parsed.batch ? await batch(linter, streams) : report(linter, parsed.paths, parsed.options, streams);
}

function parse(args: readonly string[], root: string | undefined) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      fix: { type: 'boolean', default: false },
      batch: { type: 'boolean', default: false },
      'min-severity': { type: 'string' },
      'all-rules': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const options: Options = {
    format: oneOf('--format', values.format, formats),
    fix: values.fix,
    minSeverity:
      values['min-severity'] === undefined ? undefined : oneOf('--min-severity', values['min-severity'], severities),
    allRules: values['all-rules'],
    root: root === '' ? undefined : root,
  };
  if (values.batch && positionals.length > 0) throw new Error('--batch reads its paths on standard input.');
  return { options, paths: positionals, batch: values.batch, help: values.help };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`${option} is one of ${allowed.join(', ')}, not "${value}".`);
  return found;
}

/** Lints files with the repositories they lie in. */
class FileLinter {
  readonly #options: Options;
  readonly #repositories = new Map<string, Repository>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** @throws the file system's error for a file that cannot be read */
  lint(file: string): FileReport & { readonly ms: number } {
    let text = readFileSync(file, 'utf8');
    const root = this.#options.root ?? repositoryRoot(file);
    const path = pathIn(root, file);
    const options = this.#optionsFor(root);
    if (this.#options.fix) {
      const fixed = fixAll(path, text, options);
      if (fixed !== text) writeFileSync(file, (text = fixed));
    }
    const start = performance.now();
    const result = lint(path, text, options);
    const ms = performance.now() - start;
    const threshold = this.#options.minSeverity ?? 'hint';
    return { file, result, ms, findings: result.findings.filter(({ severity }) => reaches(severity, threshold)) };
  }

  #optionsFor(root: string | undefined): LintOptions {
    const settings = { allRules: this.#options.allRules };
    if (root === undefined) return { settings };
    let repository = this.#repositories.get(root);
    if (repository === undefined) this.#repositories.set(root, (repository = new Repository(new DiskFiles(root))));
    return { settings, repository };
  }
}

function report(linter: FileLinter, paths: readonly string[], options: Options, streams: LintStreams): number {
  const failures: string[] = [];
  const reports: FileReport[] = [];
  const attempt = <T>(path: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      failures.push(`${path} cannot be read: ${reason(error)}`);
      return undefined;
    }
  };
  for (const path of paths.length === 0 ? ['.'] : paths)
    for (const file of attempt(path, () => filesAt(path)) ?? []) {
      const one = attempt(file, () => linter.lint(file));
      if (one === undefined) continue;
      reports.push(one);
      for (const { code, error } of one.result.crashes)
        streams.tell(`rust-ci lint: the rule ${code} failed in ${file}: ${reason(error)}\n`);
    }
  streams.print(format(reports, options.format, rules));
  for (const failure of failures) streams.tell(`rust-ci lint: ${failure}\n`);
  if (failures.length > 0) return 2;
  const threshold = options.minSeverity ?? 'warning';
  return reports.some(({ findings }) => findings.some(({ severity }) => reaches(severity, threshold))) ? 1 : 0;
}

/** Answers every line before the next one is read, so that a caller can measure and stop as it likes. */
async function batch(linter: FileLinter, streams: LintStreams): Promise<number> {
  for await (const line of createInterface({ input: streams.input })) {
    const file = line.trim();
    if (file === '') continue;
    streams.print(`${JSON.stringify(answer(linter, file))}\n`);
  }
  return 0;
}

function answer(linter: FileLinter, file: string): object {
  try {
    const one = linter.lint(file);
    const [crash] = one.result.crashes;
    const ms = Math.round(one.ms * 1000) / 1000;
    const diagnostics = toJson(one);
    return crash === undefined
      ? { file, ms, diagnostics }
      : { file, ms, diagnostics, crash: `${crash.code}: ${reason(crash.error)}` };
  } catch (error) {
    return { file, ms: 0, diagnostics: [], crash: reason(error) };
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
