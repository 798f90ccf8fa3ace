/** A place in Rust code where Criterion is told to measure something. */
export interface BenchSite {
  /** From 0. */
  readonly line: number;
  readonly column: number;
  /** Criterion's `full_id`, with `*` for what only the program knows. */
  readonly pattern: string;
}

const text = String.raw`"(?:[^"\\]|\\.)*"`;
const blank = String.raw`\s*`;
const group = new RegExp(
  String.raw`(?:let${blank}(?:mut\s+)?(?<name>\w+)[^=;{}]*=[^;]*?)?\.${blank}benchmark_group${blank}\(`,
  'g',
);
const parameter = /(?<name>\w+)\s*:\s*&\s*(?:'\w+\s+)?mut\s+(?:\w+::)*BenchmarkGroup\b/g;
const bench = new RegExp(
  String.raw`(?<receiver>\w+)?${blank}\.${blank}(?:bench_function|bench_with_input|bench_function_over_inputs)${blank}\(`,
  'g',
);

/**
 * Finds the benchmarks in Rust code by how Criterion is usually called. It reads names, not Rust: what it does not
 * understand becomes `*`, and what it does not see has no site.
 */
export function findBenches(source: string): BenchSite[] {
  const code = withoutComments(source);
  const groups = groupsOf(code);
  const sites: BenchSite[] = [];
  let receiver: string | undefined;
  for (const match of code.matchAll(bench)) {
    // In a chain of calls the group is that of the call before.
    receiver = match.groups?.['receiver'] ?? receiver;
    const start = match.index + match[0].search(/\./);
    const known = groups.findLast(
      ({ name, at }) => at < match.index + match[0].length && (name === receiver || chained(code, at, start)),
    );
    const id = nameAt(code, match.index + match[0].length);
    sites.push({ ...placeOf(source, start), pattern: known ? `${known.pattern}/${id}` : id });
  }
  return sites;
}

interface Group {
  readonly name: string | undefined;
  readonly pattern: string;
  /** Where its declaration ends. */
  readonly at: number;
}

function groupsOf(code: string): Group[] {
  const made = [...code.matchAll(group)].map((match) => {
    const at = match.index + match[0].length;
    return { name: match.groups?.['name'], pattern: nameAt(code, at), at };
  });
  const given = [...code.matchAll(parameter)].map((match) => ({
    name: match.groups?.['name'],
    pattern: '*',
    at: match.index + match[0].length,
  }));
  return [...made, ...given].sort((a, b) => a.at - b.at);
}

/** Whether a call hangs on a group that has no name: nothing ends a statement between them. */
function chained(code: string, from: number, to: number): boolean {
  let depth = 1;
  for (const character of code.slice(from, to)) {
    if (character === '(' || character === '{') depth++;
    if (character === ')' || character === '}') depth--;
    if (depth < 0 || (depth === 0 && character === ';')) return false;
  }
  return depth === 0;
}

/** The name that an argument makes. */
function nameAt(code: string, at: number): string {
  const rest = code
    .slice(at, at + 500)
    .trimStart()
    .replace(/^&/, '');
  const literal = new RegExp(`^${text}`).exec(rest);
  if (literal) return unquoted(literal[0]);
  const id = new RegExp(
    `^(?:\\w+::)*BenchmarkId::(?<kind>new|from_parameter)${blank}\\(${blank}(?<first>${text})?`,
  ).exec(rest);
  if (id) {
    if (id.groups?.['kind'] === 'from_parameter') return '*';
    const first = id.groups?.['first'];
    return first === undefined ? '*/*' : `${unquoted(first)}/*`;
  }
  const format = new RegExp(`^format!${blank}\\(${blank}(${text})`).exec(rest);
  return format?.[1] === undefined ? '*' : unquoted(format[1]).replace(/\{[^{}]*\}/g, '*');
}

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(["\\])/g, '$1');
}

/** The code with blanks for comments, so that places stay where they are; texts are left alone. */
function withoutComments(source: string): string {
  return source.replace(new RegExp(`${text}|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g'), (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
  );
}

function placeOf(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at);
  return { line: before.split('\n').length - 1, column: at - before.lastIndexOf('\n') - 1 };
}

/** Whether a site may measure a benchmark. */
export function measures({ pattern }: BenchSite, benchmark: string): boolean {
  if (pattern.replace(/[*/]/g, '') === '') return false;
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(benchmark);
}

/** The sites of a benchmark; those that name it outright rather than those that may mean it. */
export function sitesOf<S extends BenchSite>(sites: readonly S[], benchmark: string): S[] {
  const all = sites.filter((site) => measures(site, benchmark));
  const longest = Math.max(...all.map(({ pattern }) => pattern.replaceAll('*', '').length));
  return all.filter(({ pattern }) => pattern.replaceAll('*', '').length === longest);
}
