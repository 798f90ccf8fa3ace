import { extraGateIds, runnerIds, workflowIds, type PipelineOptions, type WorkflowId } from '../pipeline/options.js';
import { basename } from '../pipeline/path.js';

/** The files of the pipeline with their markers, by the path that they have in the user's repository. */
export type TemplateSet = ReadonlyMap<string, string>;

const workflowFolder = '.github/workflows/';
const scriptFolder = '.github/rust-ci/';

/** The path of a workflow in the user's repository. */
export function workflowPath(id: WorkflowId): string {
  return `${workflowFolder}${id}.yml`;
}

/**
 * Renders the files that the options ask for, by path. `renamed` maps a template's path to the one that its file has in
 * this repository; other files then speak of it by its new name.
 */
export function render(
  templates: TemplateSet,
  options: PipelineOptions,
  renamed: Readonly<Record<string, string>> = {},
): Map<string, string> {
  const conditions = conditionsOf(options);
  const wanted = [...templates].filter(([path]) => isWanted(path, options));
  const texts = new Map(wanted.map(([path, text]) => [path, renderText(path, text, conditions, options)]));
  dropUnusedScripts(texts);
  return new Map([...texts].map(([path, text]) => [renamed[path] ?? path, rename(text, renamed)]));
}

function isWanted(path: string, { workflows }: PipelineOptions): boolean {
  if (path === 'deny.toml') return workflows.includes('security');
  return workflowIds.every((id) => path !== workflowPath(id) || workflows.includes(id));
}

/** A script goes along with the workflows that call it, directly or through another script. */
function dropUnusedScripts(texts: Map<string, string>): void {
  const scripts = [...texts.keys()].filter(isScript);
  for (;;) {
    const unused = scripts.filter((script) => {
      const callers = [...texts].filter(([path]) => path !== script && isProgram(path));
      return texts.has(script) && !callers.some(([, text]) => text.includes(`/${basename(script)}`));
    });
    if (unused.length === 0) return;
    for (const script of unused) texts.delete(script);
  }
}

function isProgram(path: string): boolean {
  return isWorkflow(path) || isScript(path);
}

export function isWorkflow(path: string): boolean {
  return path.startsWith(workflowFolder);
}

/** Whether a file is one of the scripts that workflows call. */
export function isScript(path: string): boolean {
  return path.startsWith(scriptFolder);
}

/** Every name that a marker may ask for, and whether it holds. */
function conditionsOf(options: PipelineOptions): ReadonlyMap<string, boolean> {
  return new Map([
    ...workflowIds.map((id) => [`workflow.${id}`, options.workflows.includes(id)] as const),
    ...extraGateIds.map((id) => [`gate.${id}`, options.gates.includes(id)] as const),
    ...runnerIds.map((id) => [`runner.${id}`, options.runners.includes(id)] as const),
    ['codecov', options.coverage.codecov],
    ['slack', options.slack],
    ['publish', options.publish],
    ['registries', options.registries.length > 0],
    ['history', options.benchmarkHistory],
    ['multi-root', options.roots.length > 1],
  ]);
}

function valueOf(name: string, options: PipelineOptions): string {
  const values: Record<string, string> = {
    'default-branch': scalar(options.defaultBranch),
    branches: `[${scalar(options.defaultBranch)}]`,
    roots: scalar(options.roots.join(' ')),
    directories: `[${options.roots.map((root) => `'/${root === '.' ? '' : root}'`).join(', ')}]`,
    'coverage-threshold': String(options.coverage.threshold),
  };
  const value = values[name];
  if (value === undefined) throw new Error(`A template asks for the unknown value "${name}".`);
  return value;
}

/** A string as YAML: plain where that cannot be misread. */
function scalar(text: string): string {
  const word = /^(?:\.|[A-Za-z_][\w./-]*)(?: (?:\.|[A-Za-z_][\w./-]*))*$/;
  const isPlain = word.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}

const marker = /^\s*(?:#|<!--) rust-ci:(?<word>if|each|end)(?: (?<argument>\S+))?(?: -->)?$/;
const valueMarker = /^(?<key>\s*(?:- )?(?:[\w.-]+: |(?<=- )))(?<value>.*?)\s+# rust-ci:value (?<name>\S+)$/;

interface Block {
  kept: boolean;
  /** The lines of a block that is repeated for every registry. */
  repeated: string[] | undefined;
}

function renderText(
  path: string,
  text: string,
  conditions: ReadonlyMap<string, boolean>,
  options: PipelineOptions,
): string {
  const blocks: Block[] = [];
  const output: string[] = [];
  for (const line of text.split('\n')) {
    const { word, argument = '' } = marker.exec(line)?.groups ?? {};
    if (word === 'end') {
      const block = blocks.pop();
      if (!block) throw new Error(`${path}: a block ends that did not begin.`);
      if (block.repeated && block.kept) emit(blocks, output, repeat(block.repeated, options.registries));
    } else if (word !== undefined) {
      const kept = blocks.every((block) => block.kept) && (word === 'each' || holds(path, argument, conditions));
      blocks.push({ kept, repeated: word === 'each' ? [] : undefined });
    } else if (blocks.every((block) => block.kept)) {
      emit(blocks, output, [renderLine(path, line, options)]);
    }
  }
  if (blocks.length > 0) throw new Error(`${path}: a block does not end.`);
  return tidy(output);
}

function emit(blocks: readonly Block[], output: string[], lines: readonly string[]): void {
  (blocks.findLast((block) => block.repeated)?.repeated ?? output).push(...lines);
}

function repeat(lines: readonly string[], registries: readonly string[]): string[] {
  return registries.flatMap((registry) => {
    const name = registry.toUpperCase().replaceAll('-', '_');
    return lines.map((line) => line.replace(/REGISTRY/g, name));
  });
}

function holds(path: string, condition: string, conditions: ReadonlyMap<string, boolean>): boolean {
  const negated = condition.startsWith('!');
  const value = conditions.get(negated ? condition.slice(1) : condition);
  if (value === undefined) throw new Error(`${path}: the condition "${condition}" is unknown.`);
  return value !== negated;
}

function renderLine(path: string, line: string, options: PipelineOptions): string {
  if (path.endsWith('.md')) {
    return line.replace(/\{\{([a-z-]+)\}\}/g, (_, name: string) => valueOf(name, options).replace(/^'(.*)'$/, '$1'));
  }
  const { key, name } = valueMarker.exec(line)?.groups ?? {};
  return key === undefined || name === undefined ? line : key + valueOf(name, options);
}

/** Blocks that went away leave no litter: never two blank lines in a row, none at either end. */
function tidy(lines: readonly string[]): string {
  const kept = lines.filter((line, index) => line.trim() !== '' || lines[index - 1]?.trim() !== '');
  return `${kept.join('\n').trim()}\n`;
}

function rename(text: string, renamed: Readonly<Record<string, string>>): string {
  return Object.entries(renamed).reduce(
    (result, [from, to]) =>
      result.replace(new RegExp(`(?<![\\w-])${basename(from).replace('.', '\\.')}(?![\\w-])`, 'g'), basename(to)),
    text,
  );
}
