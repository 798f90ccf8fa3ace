import type * as v from 'valibot';
import { InputError } from '../../scaffold/input-error.js';
import { readJson } from '../json.js';
import {
  estimatesSchema,
  identitySchema,
  readEstimates,
  readSample,
  sampleSchema,
  withCurrentNames,
  withNamedArrays,
  type Estimates,
  type Sample,
  type Throughput,
} from './schema.js';

/** A benchmark as Criterion left it on the disk. */
export interface CriterionBenchmark {
  /** `full_id`, for example `parse/large/1024`. */
  readonly id: string;
  readonly group?: string;
  readonly function?: string;
  readonly parameter?: string;
  readonly title?: string;
  readonly throughput?: Throughput;
  /** The folder that holds `new/`, as in the input. */
  readonly folder: string;
  readonly estimates?: Estimates;
  readonly sample?: Sample;
  /** Against the previous run on that machine, as fractions (0.05 is +5 %). */
  readonly change?: Estimates;
}

export interface CriterionTree {
  /** In order of their id. */
  readonly benchmarks: readonly CriterionBenchmark[];
  /** What could not be read. The rest is unharmed. */
  readonly problems: readonly InputError[];
}

const outdated =
  'Run the benchmark again; if it stays, this version of Criterion writes a format that is not known yet.';

/**
 * Reads what Criterion writes below `target/criterion` (or `CRITERION_HOME`).
 *
 * @param files text by path; any depth, any other files, `/` or `\` between folders
 * @param baseline the folder of the measurement: `new`, or the name of a saved baseline
 */
export function readCriterion(files: ReadonlyMap<string, string>, baseline = 'new'): CriterionTree {
  const problems: InputError[] = [];
  const benchmarks = new Map<string, CriterionBenchmark>();
  for (const [folder, parts] of foldersOf(files, baseline)) {
    const benchmark = readBenchmark(folder, parts, problems);
    if (!benchmark) continue;
    const known = benchmarks.get(benchmark.id);
    if (known) {
      problems.push(
        new InputError({
          file: folder,
          what: `The benchmark "${benchmark.id}" is also in ${known.folder}, which is the one that is kept.`,
          advice: 'Give the two different names, or delete the outdated folder.',
        }),
      );
    } else benchmarks.set(benchmark.id, benchmark);
  }
  const byId = [...benchmarks.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { benchmarks: byId, problems };
}

type Part = 'estimates' | 'sample' | 'benchmark' | 'change';
type Parts = Partial<Record<Part, { readonly path: string; readonly text: string }>>;

function foldersOf(files: ReadonlyMap<string, string>, baseline: string): Map<string, Parts> {
  const folders = new Map<string, Parts>();
  for (const [path, text] of files) {
    const segments = path.replaceAll('\\', '/').split('/');
    const file = segments.pop();
    const measurement = segments.pop();
    const part = partOf(file, measurement, baseline);
    if (!part) continue;
    const folder = segments.join('/');
    folders.set(folder, { ...folders.get(folder), [part]: { path, text } });
  }
  return folders;
}

function partOf(file: string | undefined, folder: string | undefined, baseline: string): Part | undefined {
  if (folder === 'change') return file === 'estimates.json' ? 'change' : undefined;
  if (folder !== baseline) return undefined;
  const match = /^(?<part>estimates|sample|benchmark)\.json$/.exec(file ?? '');
  return match?.groups?.['part'] as Part | undefined;
}

function readBenchmark(folder: string, parts: Parts, problems: InputError[]): CriterionBenchmark | undefined {
  const read = <S extends v.GenericSchema>(part: Part, schema: S, prepare = (value: unknown) => value) => {
    const file = parts[part];
    if (!file) return undefined;
    try {
      return readJson(file.path, file.text, schema, { advice: outdated, prepare });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const estimates = read('estimates', estimatesSchema, withCurrentNames);
  const sample = read('sample', sampleSchema, withNamedArrays);
  if (!estimates && !sample) return undefined;
  const identity = read('benchmark', identitySchema);
  const id = identity?.full_id ?? idFromFolder(folder);
  if (id === '') {
    const what = 'Nothing says which benchmark the measurement at the top of the folder is of.';
    problems.push(new InputError({ what, advice: 'Keep the folders that Criterion made, and benchmark.json.' }));
    return undefined;
  }
  const change = read('change', estimatesSchema, withCurrentNames);
  return {
    id,
    ...present('group', identity?.group_id),
    ...present('function', identity?.function_id),
    ...present('parameter', identity?.value_str),
    ...present('title', identity?.title),
    ...present('throughput', identity?.throughput),
    folder,
    ...present('estimates', estimates && readEstimates(estimates)),
    ...present('sample', sample && readSample(sample)),
    ...present('change', change && readEstimates(change)),
  };
}

/** Where `benchmark.json` is missing or broken: what stands below the last folder called `criterion`. */
function idFromFolder(folder: string): string {
  return folder.replace(/^(?:.*\/)?criterion\//, '');
}

function present<K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> {
  return value === undefined || value === null ? {} : ({ [key]: value } as Record<K, V>);
}
