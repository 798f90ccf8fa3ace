import type { Expression, Problem, ProblemKind } from '../analysis';
import type { Config } from '../config/config';
import type { LintDocument } from '../document';
import type { Job } from '../model/workflow';
import type { Repository } from '../repository';
import { workflowGrammar } from '../schema/grammar';
import { closest } from '../suggest';
import type { Range } from '../yaml/node';
import { accessPath } from './ast';
import type { CallExpr, CompareExpr, Expr, IndexExpr, PropertyExpr, StarExpr } from './ast';
import { contextNames, Contexts } from './contexts';
import { formatFault, functions, placeBound } from './functions';
import type { Signature } from './functions';
import { accepts, any, arrayOf, boolean, described, merge, propertyOf, typeOfJson } from './types';
import type { ArrayType, ObjectType, Type } from './types';

export interface ExpressionSurroundings {
  readonly repository: Repository | undefined;
  readonly config: Config;
}

/** Everything that is wrong with the document's expressions. */
export function checkExpressions(document: LintDocument, surroundings: ExpressionSurroundings): readonly Problem[] {
  const contexts = new Contexts(document, surroundings.repository, surroundings.config);
  const problems: Problem[] = [];
  for (const expression of document.expressions) {
    const { ast, error } = expression.parsed;
    if (error !== undefined) {
      const kind = error.arguments ? 'function-arguments' : 'expression-syntax';
      const meant = error.suggestion;
      // In a scalar with single quotes, a single quote is written twice.
      const suggestion = expression.scalar.style === 'single' ? meant?.replaceAll("'", "''") : meant;
      const problem = { kind, message: error.message, ...expression.range(error) } as const;
      problems.push(suggestion === undefined ? problem : { ...problem, suggestion });
      continue;
    }
    const check = new Check(expression, contexts, problems);
    check.result(ast);
  }
  return problems;
}

class Check {
  readonly #expression: Expression;
  readonly #contexts: Contexts;
  readonly #problems: Problem[];

  constructor(expression: Expression, contexts: Contexts, problems: Problem[]) {
    this.#expression = expression;
    this.#contexts = contexts;
    this.#problems = problems;
  }

  /** Checks an expression, and whether its place can do with its result. */
  result(ast: Expr): void {
    const type = this.#type(ast);
    const { place, whole, bare } = this.#expression;
    if (bare || type.kind === 'any') return;
    const wanted = wantedAt(place.definition);
    if (whole && wanted !== undefined && !wanted.some((kind) => fits(kind, type, wanted))) {
      const names = wanted.map((kind) => shown[kind]).join(' or ');
      this.#report('type-mismatch', ast, `"${place.key}" needs ${names}, but this expression is ${described(type)}.`);
      return;
    }
    if (whole && type.kind === 'object' && wanted?.includes('string') === true)
      this.#doubt('type-mismatch', ast, `"${place.key}" is mostly a string here, but this expression is an object.`);
    if (whole && place.definition === 'any') return;
    const structured = type.kind === 'object' || type.kind === 'array' || type.kind === 'null';
    if (conditions.has(place.definition) && structured) {
      // A matrix value may be missing from some combinations, which is what the condition asks then.
      if (type.kind !== 'null' && accessPath(ast)?.[0] !== 'matrix')
        this.#report('type-mismatch', ast, `${capital(described(type))} is always true as a condition.`);
      return;
    }
    if (structured && !(whole && wanted !== undefined))
      this.#report(
        'type-mismatch',
        ast,
        `${capital(described(type))} cannot be put into text. ${type.kind === 'null' ? 'It would be empty.' : 'Use toJSON() or one of its values.'}`,
      );
  }

  #report(kind: ProblemKind, part: Range, message: string, suggestion?: string): void {
    const range = this.#expression.range(part);
    this.#problems.push(
      suggestion === undefined ? { kind, message, ...range } : { kind, message, suggestion, ...range },
    );
  }

  /** What GitHub can do with, and what is hardly meant: for those who ask for all rules. */
  #doubt(kind: ProblemKind, part: Range, message: string): void {
    this.#problems.push({ kind, message, severity: 'off', ...this.#expression.range(part) });
  }

  #type(node: Expr): Type {
    switch (node.kind) {
      case 'literal':
        return typeOfJson(node.value);
      case 'context':
        return this.#context(node.name, node);
      case 'property':
        return this.#property(node);
      case 'index':
        return this.#index(node);
      case 'star':
        return this.#star(node);
      case 'call':
        return this.#call(node);
      case 'not':
        this.#type(node.operand);
        return boolean;
      case 'compare':
        return this.#compare(node);
      case 'logical':
        return node.args.map((arg) => this.#type(arg)).reduce(merge);
    }
  }

  #context(name: string, node: Expr): Type {
    const { place } = this.#expression;
    if (place.available.contexts.has(name)) return this.#contexts.typeOf(name, place);
    const available = [...place.available.contexts];
    if (!contextNames.has(name)) {
      const suggestion = closest(name, available);
      this.#report(
        'unknown-context',
        node,
        `There is no context "${name}". ${hint(suggestion, available)}`,
        suggestion,
      );
    } else {
      const where = place.key === place.section ? `"${place.key}"` : `"${place.key}" of "${place.section}"`;
      this.#report(
        'unavailable-context',
        node,
        `The context "${name}" is not available in ${where}. ${hint(undefined, available)}`,
      );
    }
    return any;
  }

  #property(node: PropertyExpr): Type {
    const object = this.#type(node.object);
    if (object.kind === 'any') return any;
    if (object.kind === 'object') {
      const type = propertyOf(object, node.name);
      if (type === undefined) this.#unknownProperty(node, object);
      return type ?? any;
    }
    if (object.kind === 'array' && object.filtered) return this.#filteredProperty(node, object);
    this.#report(
      'type-mismatch',
      named(node),
      `"${node.name}" is asked of ${described(object)}, which has no properties.`,
    );
    return any;
  }

  #filteredProperty(node: PropertyExpr, array: ArrayType): Type {
    const { item } = array;
    if (item.kind === 'any') return arrayOf(any, true);
    if (item.kind !== 'object') {
      this.#report(
        'type-mismatch',
        named(node),
        `"${node.name}" is asked of items that are ${described(item)}, which has no properties.`,
      );
      return any;
    }
    const type = propertyOf(item, node.name);
    if (type === undefined) this.#unknownProperty(node, item);
    return arrayOf(type ?? any, true);
  }

  #unknownProperty(node: PropertyExpr, object: ObjectType): void {
    const path = accessPath(node.object) ?? [];
    const names = [...object.properties.keys()];
    const suggestion = closest(node.name, names);
    const { kind, message } = missing(path, node.name, this.#expression);
    this.#report(kind, named(node), `${message} ${hint(suggestion, names)}`.trim(), suggestion);
  }

  #index(node: IndexExpr): Type {
    const object = this.#type(node.object);
    const index = this.#type(node.index);
    if (object.kind === 'any') return any;
    if (object.kind === 'array') {
      if (index.kind !== 'any' && index.kind !== 'number')
        this.#report('type-mismatch', node.index, `A list is indexed with a number, not with ${described(index)}.`);
      return object.item;
    }
    if (object.kind === 'object') {
      if (index.kind !== 'any' && index.kind !== 'string')
        this.#report('type-mismatch', node.index, `An object is indexed with a string, not with ${described(index)}.`);
      return object.rest === undefined || object.properties.size > 0 ? any : object.rest;
    }
    this.#report('type-mismatch', node, `${capital(described(object))} cannot be indexed.`);
    return any;
  }

  #star(node: StarExpr): Type {
    const object = this.#type(node.object);
    if (object.kind === 'any') return arrayOf(any, true);
    if (object.kind === 'array') {
      if (!object.filtered) return arrayOf(object.item, true);
      const inner = object.item;
      return arrayOf(inner.kind === 'array' ? inner.item : inner.kind === 'object' ? valueOf(inner) : any, true);
    }
    if (object.kind === 'object') {
      const values = [...object.properties.values(), ...(object.rest === undefined ? [] : [object.rest])];
      if (!values.some(({ kind }) => kind === 'object' || kind === 'any'))
        this.#doubt('type-mismatch', node, 'None of the values that ".*" collects here is an object.');
      return arrayOf(valueOf(object), true);
    }
    this.#report('type-mismatch', node, `".*" is for lists and objects, and this is ${described(object)}.`);
    return any;
  }

  #compare(node: CompareExpr): Type {
    const left = this.#type(node.left);
    const right = this.#type(node.right);
    const equality = node.operator === '==' || node.operator === '!=';
    if (!(equality ? comparable(left, right) : ordered(left) && ordered(right)))
      this.#report(
        'comparison-types',
        node,
        `${capital(described(left))} and ${described(right)} cannot be compared with "${node.operator}"${equality ? ': they are never equal' : ''}.`,
      );
    return boolean;
  }

  #call(node: CallExpr): Type {
    const name = node.name.toLowerCase();
    const args = node.args.map((arg) => this.#type(arg));
    const nameRange = { start: node.start, end: node.nameEnd };
    const info = functions.get(name);
    if (info === undefined) {
      const known = [...functions.values()].map((one) => one.name);
      const suggestion = closest(node.name, known);
      this.#report(
        'unknown-function',
        nameRange,
        `There is no function "${node.name}". ${hint(suggestion, known)}`,
        suggestion,
      );
      return any;
    }
    if (placeBound.has(name)) {
      const bound = this.#expression.place.available.functions.get(name);
      if (bound === undefined) {
        this.#report('unavailable-function', nameRange, unavailable(info.name, this.#expression));
        return any;
      }
      if (args.length < bound.min || args.length > bound.max) {
        const count =
          bound.max === 0
            ? 'no arguments'
            : `${bound.min === 0 ? 'at most' : 'at least'} ${bound.min === 0 ? bound.max : bound.min}`;
        this.#report(
          'function-arguments',
          nameRange,
          `${info.name}() takes ${count} here, and is called with ${args.length}.`,
        );
        return any;
      }
    }
    const result = this.#arguments(node, info.name, info.signatures, args);
    if (name === 'format') this.#format(node);
    return name === 'fromjson' ? this.#json(node) : name === 'case' ? caseType(args) : result;
  }

  #arguments(node: CallExpr, name: string, signatures: readonly Signature[], args: readonly Type[]): Type {
    let fault: { part: Range; message: string } | undefined;
    for (const signature of signatures) {
      const next = mismatch(node, name, signature, args);
      if (next === undefined) {
        if (signature.pointless !== undefined) this.#doubt('function-arguments', node, signature.pointless);
        return signature.result;
      }
      fault ??= next;
    }
    if (fault !== undefined) this.#report('function-arguments', fault.part, fault.message);
    return signatures[0]?.result ?? any;
  }

  #format(node: CallExpr): void {
    const [format] = node.args;
    if (format?.kind !== 'literal' || typeof format.value !== 'string') return;
    const fault = formatFault(format.value, node.args.length - 1);
    if (fault !== undefined) this.#report('format-string', format, fault);
  }

  #json(node: CallExpr): Type {
    const [text] = node.args;
    if (text?.kind !== 'literal' || typeof text.value !== 'string') return any;
    try {
      return typeOfJson(JSON.parse(text.value));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#report('invalid-json', text, `This text is no JSON: ${reason}.`);
      return any;
    }
  }
}

function named(node: PropertyExpr): Range {
  return { start: node.nameStart, end: node.nameEnd };
}

function valueOf(object: ObjectType): Type {
  const values = [...object.properties.values(), ...(object.rest === undefined ? [] : [object.rest])];
  return values.length === 0 ? any : values.reduce(merge);
}

function caseType(args: readonly Type[]): Type {
  const results = args.filter((_, index) => index % 2 === 1 || index === args.length - 1);
  return results.length === 0 ? any : results.reduce(merge);
}

/** Lists and objects equal only what is of their own kind. */
function comparable(left: Type, right: Type): boolean {
  if (left.kind === 'any' || right.kind === 'any' || left.kind === 'null' || right.kind === 'null') return true;
  if (left.kind === 'array' && right.kind === 'array') return comparable(left.item, right.item);
  const structured = (type: Type) => type.kind === 'object' || type.kind === 'array';
  return structured(left) || structured(right) ? left.kind === right.kind : true;
}

function ordered(type: Type): boolean {
  return type.kind === 'any' || type.kind === 'number' || type.kind === 'string';
}

function mismatch(
  node: CallExpr,
  name: string,
  signature: Signature,
  args: readonly Type[],
): { part: Range; message: string } | undefined {
  const { parameters, variadic } = signature;
  const nameRange = { start: node.start, end: node.nameEnd };
  const count = (atLeast: string) => ({
    part: nameRange,
    message: `${name}() takes ${atLeast}${parameters.length} argument${parameters.length === 1 ? '' : 's'}, and is called with ${args.length}.`,
  });
  if (variadic !== true && args.length !== parameters.length) return count('');
  if (args.length < parameters.length) return count('at least ');
  for (const [index, given] of args.entries()) {
    const wanted = parameters[index] ?? parameters.at(-1) ?? any;
    if (accepts(wanted, given)) continue;
    const part = node.args[index] ?? nameRange;
    return {
      part,
      message: `Argument ${index + 1} of ${name}() needs to be ${described(wanted)}, and is ${described(given)}.`,
    };
  }
  return undefined;
}

function unavailable(name: string, { place }: Expression): string {
  const status = name === 'hashFiles' ? 'It works in steps only.' : 'It works in "if" only.';
  return `${name}() is not available in "${place.key}". ${status}`;
}

function hint(suggestion: string | undefined, known: readonly string[]): string {
  if (suggestion !== undefined) return `Did you mean "${suggestion}"?`;
  if (known.length === 0) return '';
  return known.length > 16 ? '' : `Known here: ${known.map((name) => `"${name}"`).join(', ')}.`;
}

/** How a missing property is reported, by the context it is missing from. */
function missing(path: readonly string[], name: string, { place }: Expression): { kind: ProblemKind; message: string } {
  const [context, owner, member] = path;
  if (path.length === 1 && context === 'steps') {
    const later = place.job?.steps.some((step) => step.id?.text.toLowerCase() === name.toLowerCase());
    const message =
      later === true ? `The step "${name}" runs later than this.` : `No step before this one has the id "${name}".`;
    return { kind: 'undefined-step', message };
  }
  if (path.length === 1 && context === 'needs')
    return { kind: 'undefined-need', message: missingNeed(name, place.job) };
  if (path.length === 1 && context === 'matrix')
    return { kind: 'undefined-matrix', message: `The matrix of this job has no "${name}".` };
  if (path.length === 1 && context === 'secrets')
    return {
      kind: 'undefined-secret',
      message: `"workflow_call" does not declare the secret "${name}", so callers cannot pass it.`,
    };
  if (path.length === 1 && context === 'inputs')
    return { kind: 'undefined-input', message: `There is no input "${name}".` };
  if (member === 'outputs' && (context === 'steps' || context === 'needs' || context === 'jobs'))
    return {
      kind: 'undefined-output',
      message: `${context === 'steps' ? 'The step' : 'The job'} "${owner}" has no output "${name}".`,
    };
  return {
    kind: 'unknown-property',
    message: `"${path.length === 0 ? 'This object' : path.join('.')}" has no property "${name}".`,
  };
}

function missingNeed(name: string, job: Job | undefined): string {
  const needed = job?.needs.some(({ text }) => text.toLowerCase() === name.toLowerCase()) === true;
  return needed ? `There is no job "${name}".` : `This job does not need "${name}".`;
}

type Wanted = 'string' | 'number' | 'boolean' | 'list' | 'mapping';

const shown: Readonly<Record<Wanted, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  mapping: 'a mapping',
};

const conditions = new Set(['job-if', 'step-if', 'snapshot-if', 'runs-if']);
const wantedCache = new Map<string, readonly Wanted[] | undefined>();

/** What a whole value may be besides text; undefined where it becomes text or anything will do. */
function wantedAt(definition: string): readonly Wanted[] | undefined {
  if (wantedCache.has(definition)) return wantedCache.get(definition);
  let wanted: readonly Wanted[] | undefined;
  const known = workflowGrammar.find(definition);
  if (known !== undefined && definition !== 'any') {
    const kinds: Wanted[] = [];
    if (known.strings.length > 0) kinds.push('string');
    if (known.number) kinds.push('number');
    if (known.boolean) kinds.push('boolean');
    if (known.item !== undefined) kinds.push('list');
    if (known.maps.length > 0) kinds.push('mapping');
    if (kinds.length < 5 && !(kinds.length === 1 && kinds[0] === 'string')) wanted = kinds;
  }
  wantedCache.set(definition, wanted);
  return wanted;
}

function fits(wanted: Wanted, type: Type, alternatives: readonly Wanted[]): boolean {
  switch (wanted) {
    case 'string':
      // Where a list will do as well (labels), a number or a boolean is hardly meant.
      if (alternatives.includes('list')) return type.kind === 'string';
      return type.kind === 'string' || type.kind === 'number' || type.kind === 'boolean';
    case 'number':
      return type.kind === 'number';
    case 'boolean':
      return type.kind === 'boolean';
    case 'list':
      return type.kind === 'array';
    case 'mapping':
      return type.kind === 'object';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
