import type { Expression } from '../../analysis';
import { accessPath } from '../../expression/ast';
import type { Fix, TextEdit } from '../../finding';
import { plainIsSafe } from '../../fix/editor';
import type { Step } from '../../model/workflow';
import type { RuleContext } from '../../rule';
import { shellOf } from '../../shell/shell-of';
import { scalars } from '../../yaml/node';
import { sourcesOf } from './context-danger';
import { matrixValues } from './matrix-values';
import { quotingAt } from './quoting';

/** Contexts that GitHub gives to every script as a variable. */
const given = new Set(
  `github.actor github.actor_id github.api_url github.base_ref github.event_name github.graphql_url github.head_ref
  github.job github.ref github.ref_name github.ref_protected github.ref_type github.repository github.repository_id
  github.repository_owner github.repository_owner_id github.run_attempt github.run_id github.run_number
  github.server_url github.sha github.triggering_actor github.workflow github.workflow_ref github.workflow_sha
  runner.arch runner.os runner.temp runner.tool_cache`.split(/\s+/),
);

/**
 * Replaces an expression in a script, wherever it stands in it, by an environment variable.
 *
 * @param inScript all expressions of the script
 */
export function environmentFix(
  context: RuleContext,
  expression: Expression,
  inScript: readonly Expression[],
): Fix | undefined {
  const { step, section } = expression.place;
  if (step === undefined || (step.node.entry('env') !== undefined && step.env === undefined)) return undefined;
  const source = expression.source.trim();
  // Not available in the environment of a step.
  if (/\b(?:success|always|cancelled|failure)\s*\(/i.test(source)) return undefined;
  if (context.action !== undefined && /\bsecrets\b/i.test(source)) return undefined;
  const same = inScript.filter((other) => other.source.trim() === source);
  const variable = variableOf(step, expression);
  const script = section === 'with' && step.uses?.slug === 'actions/github-script';
  const shell = section === 'run' ? shellOf(step, context.workflow) : 'other';
  const certain = script || hasKnownShell(context, step);
  const edits: TextEdit[] = [];
  for (const use of same) {
    const edit = script
      ? inJavaScript(context, use, variable.name)
      : inShell(context, use, variable.name, certain ? shell : 'posix');
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  if (variable.isNew) {
    const value = `\${{ ${source.replace(/\s*\n\s*/g, ' ')} }}`;
    const inFlow = step.node.flow || step.env?.flow === true || step.env?.entries.length === 0;
    const yaml = !inFlow && plainIsSafe(value) ? value : JSON.stringify(value);
    edits.push(context.edit.addNested(step.node, 'env', variable.name, yaml, { after: script ? 'with' : 'run' }));
  }
  const title = `Use the environment variable ${variable.name}`;
  if (certain) return context.edit.fix(title, ...edits);
  // What the default shell is depends on the runner; the variable is written for one.
  if (step.node.flow || step.node.entry('shell') !== undefined) return undefined;
  return context.edit.unsafeFix(
    `${title}, in bash`,
    ...edits,
    context.edit.addEntry(step.node, 'shell', 'bash', { before: 'run' }),
  );
}

function hasKnownShell({ workflow }: RuleContext, step: Step): boolean {
  const named = step.shell ?? step.job?.defaults.shell ?? workflow?.defaults.shell;
  if (named !== undefined) return !named.text.includes('${{');
  const runsOn = step.job?.runsOn;
  if (runsOn === undefined) return false;
  const labels = scalars(runsOn);
  if (labels.length > 0 && labels.every(({ text }) => !text.includes('${{'))) return true;
  const row = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(labels[0]?.text ?? '')?.[1];
  if (row === undefined) return false;
  const object = { kind: 'context', name: 'matrix', start: 0, end: 0 } as const;
  const values = matrixValues(step.job, {
    kind: 'property',
    object,
    name: row,
    nameStart: 0,
    nameEnd: 0,
    start: 0,
    end: 0,
  });
  return (
    values !== undefined &&
    values.length > 0 &&
    values.every((value) => value.kind === 'scalar' && !/windows|\$\{\{/i.test(value.text))
  );
}

/** The variable that holds the value already, or the name of a new one. */
function variableOf(step: Step, { parsed, source }: Expression): { name: string; isNew: boolean } {
  const path = parsed.ast === undefined ? undefined : accessPath(parsed.ast);
  if (path?.[0] === 'env' && path.length === 2)
    return { name: source.trim().replace(/^.*\.|^.*\[\s*'|'\s*\]$/g, ''), isNew: false };
  if (path !== undefined && given.has(path.join('.'))) return { name: path.join('_').toUpperCase(), isNew: false };
  const base = nameFor(
    path ??
      (parsed.ast === undefined
        ? undefined
        : sourcesOf(parsed.ast)
            .map(accessPath)
            .find((found) => found !== undefined)),
  );
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    const taken = step.env?.scalar(name);
    if (taken === undefined && step.env?.entry(name) === undefined) return { name, isNew: true };
    if (taken?.text.replace(/^\$\{\{\s*|\s*\}\}$/g, '') === source.trim()) return { name, isNew: false };
  }
}

function nameFor(path: readonly string[] | undefined): string {
  const [root, ...rest] = path ?? ['value'];
  const words =
    root === 'github'
      ? rest.filter((word, index) => index > 0 || word !== 'event')
      : root === 'secrets'
        ? rest
        : [root, ...rest];
  const name = words
    .filter((word) => word !== '*')
    .join('_')
    .replace(/\W/g, '_')
    .toUpperCase();
  if (name === '') return 'VALUE';
  // GitHub keeps these prefixes for itself.
  return /^\d|^(?:GITHUB|RUNNER)_(?!TOKEN$)/.test(name) ? `VALUE_${name}` : name;
}

function inShell(
  { edit, text }: RuleContext,
  use: Expression,
  name: string,
  shell: ReturnType<typeof shellOf>,
): TextEdit | undefined {
  const { scalar, start, end } = use;
  if (text.slice(start, start + 3) !== '${{') return undefined;
  if (shell === 'cmd') return edit.replace({ start, end }, `%${name}%`);
  if (shell === 'other') return undefined;
  const quoting = quotingAt(text, scalar, start);
  if (quoting === 'single') return undefined;
  if (shell === 'powershell') return edit.replace({ start, end }, `\${env:${name}}`);
  const path = use.parsed.ast === undefined ? undefined : accessPath(use.parsed.ast);
  // One value, which a blank in it must not split. What people write into inputs and matrices may be several words.
  const single = quoting === 'none' && path?.[0] === 'github' && scalar.style !== 'double' && start !== scalar.start;
  return edit.replace({ start, end }, single ? `"\${${name}}"` : `\${${name}}`);
}

function inJavaScript({ edit, text }: RuleContext, use: Expression, name: string): TextEdit | undefined {
  const { scalar, start, end } = use;
  if (scalar.style === 'double' || scalar.style === 'single' || text.slice(start, start + 3) !== '${{')
    return undefined;
  const variable = `process.env.${name}`;
  const [before, behind] = [text.charAt(start - 1), text.charAt(end)];
  if ((before === "'" || before === '"') && before === behind)
    return edit.replace({ start: start - 1, end: end + 1 }, variable);
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const ticks = (text.slice(scalar.start, start).match(/`/g) ?? []).length;
  if (ticks % 2 === 1) return edit.replace({ start, end }, `\${${variable}}`);
  const quotes = (line.match(/['"]/g) ?? []).length;
  return quotes % 2 === 1 ? undefined : edit.replace({ start, end }, variable);
}
