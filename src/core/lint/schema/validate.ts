import type { Expression, Place, Problem, ProblemKind } from '../analysis';
import { findExpressions } from '../expression/find';
import type { Job, Step } from '../model/workflow';
import { closest } from '../suggest';
import type { Entry, MapNode, Node, Range, ScalarNode, SeqNode } from '../yaml/node';
import { availabilityIn, nothingAvailable } from './grammar';
import type { Availability, Definition, Grammar, MapForm } from './grammar';

/** What one walk over the document along GitHub's schema yields. */
export interface SchemaResult {
  readonly problems: readonly Problem[];
  /** In the order of the document. */
  readonly expressions: readonly Expression[];
}

/** Aliases make trees larger than their text; what a walk may visit is bounded all the same. */
const maxVisits = 100_000;
const maxProblems = 1000;

/** Conditions are expressions without `${{ }}` around them. */
const conditions = new Set(['job-if', 'step-if', 'snapshot-if', 'runs-if']);

/** Where the walk is. A class, since one is made for every key: spreading objects took a third of the walk's time. */
class Scope {
  readonly available: Availability;
  readonly section: string;
  readonly key: string;
  readonly job: Job | undefined;
  readonly step: Step | undefined;
  /** The key above the node, for problems that concern it. */
  readonly at: Range | undefined;
  /** The node is an item of a list. */
  readonly item: boolean;
  /** It is an item that can only be a text. */
  readonly listed: boolean;

  constructor(
    available: Availability,
    section: string,
    key: string,
    job: Job | undefined,
    step: Step | undefined,
    at: Range | undefined,
    item: boolean,
    listed: boolean,
  ) {
    this.available = available;
    this.section = section;
    this.key = key;
    this.job = job;
    this.step = step;
    this.at = at;
    this.item = item;
    this.listed = listed;
  }

  with(available: Availability): Scope {
    if (available === this.available) return this;
    return new Scope(available, this.section, this.key, this.job, this.step, this.at, this.item, this.listed);
  }

  inside(job: Job | undefined, step: Step | undefined): Scope {
    if (job === this.job && step === this.step) return this;
    return new Scope(this.available, this.section, this.key, job, step, this.at, this.item, this.listed);
  }

  entry(section: string, key: ScalarNode): Scope {
    return new Scope(this.available, section, key.text, this.job, this.step, key, false, false);
  }

  items(listed: boolean): Scope {
    return new Scope(this.available, this.section, this.key, this.job, this.step, undefined, true, listed);
  }
}

interface Models {
  readonly jobs: ReadonlyMap<MapNode, Job>;
  readonly steps: ReadonlyMap<MapNode, Step>;
  /** Offsets of aliases that stand for nothing, which is a problem of its own. */
  readonly unresolved: ReadonlySet<number>;
  /** A missing key is marked at the key above; otherwise at the first key beside it. */
  readonly markKeyAbove: boolean;
}

/** Checks a document against GitHub's schema and collects its expressions on the way. */
export function validate(text: string, root: Node, grammar: Grammar, start: string, models: Models): SchemaResult {
  const walk = new Walk(text, models);
  walk.node(
    root,
    grammar.definition(start),
    new Scope(nothingAvailable, '', '', undefined, undefined, undefined, false, false),
  );
  return walk;
}

class Walk implements SchemaResult {
  readonly problems: Problem[] = [];
  readonly expressions: Expression[] = [];
  readonly #text: string;
  readonly #models: Models;
  #visits = 0;

  constructor(text: string, models: Models) {
    this.#text = text;
    this.#models = models;
  }

  node(node: Node, definition: Definition, outer: Scope): void {
    if (++this.#visits > maxVisits) return;
    const scope = outer.with(availabilityIn(definition, outer.available));
    if (node.kind === 'scalar') this.#scalar(node, definition, scope);
    else if (node.kind === 'seq') this.#seq(node, definition, scope);
    else this.#map(node, definition, scope);
  }

  #report(kind: ProblemKind, range: Range, message: string, more: Partial<Problem> = {}): void {
    if (this.problems.length < maxProblems)
      this.problems.push({ ...more, kind, start: range.start, end: range.end, message });
  }

  #useless(node: Node, what: string, scope: Scope): void {
    const message = `${named(scope)} is an empty ${what}. Fill it or remove it.`;
    this.#report('empty-value', scope.at ?? node, message, {
      severity: needed.has(scope.key) || scope.section === 'matrix' ? 'error' : 'warning',
    });
  }

  /** The first line of a collection; the key of one that an alias brings from elsewhere. */
  #firstLine(node: MapNode | SeqNode, { at }: Scope): Range {
    if (at !== undefined && node.start < at.start) return at;
    const lineEnd = this.#text.indexOf('\n', node.start);
    return { start: node.start, end: lineEnd < 0 ? node.end : Math.min(node.end, lineEnd) };
  }

  #scalar(node: ScalarNode, definition: Definition, scope: Scope): void {
    if (this.#models.unresolved.has(node.start)) return;
    const condition = conditions.has(definition.name);
    if (condition || node.text.includes('${{')) {
      if (this.#expressions(node, definition, scope, condition)) return;
    }
    if (matches(node, definition)) {
      this.#content(node, definition, scope);
      return;
    }
    if (node.isNull || node.text === '') {
      this.#report(
        'empty-value',
        node.end > node.start ? node : (scope.at ?? node),
        `${sentence(named(scope))} is empty: ${expected(definition)} is needed here.`,
      );
      return;
    }
    this.#mismatch(node, definition, scope);
  }

  /** What GitHub accepts and cannot mean anything. */
  #content(node: ScalarNode, definition: Definition, scope: Scope): void {
    const at = node.end > node.start ? node : (scope.at ?? node);
    const nothing = node.isNull || node.text.trim() === '';
    const meaningless = conditions.has(definition.name) || scope.key === 'run' || definition.name === 'run-name';
    const useless = meaningless || (node.isNull && scope.listed);
    if (nothing && (useless || idle.has(definition.name)))
      this.#report('empty-value', at, `${sentence(named(scope))} is empty. Give it a value or remove it.`, {
        severity: useless ? 'warning' : 'off',
      });
    if (
      typeof node.value === 'number' &&
      positive.has(scope.key) &&
      (node.value <= 0 || (scope.key === 'max-parallel' && !Number.isInteger(node.value)))
    )
      this.#report(
        'number-range',
        node,
        `${sentence(named(scope))} needs a ${scope.key === 'max-parallel' ? 'whole ' : ''}number greater than 0, not ${node.text}.`,
      );
  }

  /** @returns whether the scalar is made of expressions, so that its value is not known here */
  #expressions(node: ScalarNode, definition: Definition, scope: Scope, condition: boolean): boolean {
    if (scope.available.contexts.size === 0 && scope.available.functions.size === 0) {
      if (definition.name === 'any') return false;
      this.#report('expression-not-allowed', node, `Expressions are not allowed in ${named(scope)}.`);
      return true;
    }
    const place: Place = {
      section: scope.section,
      key: scope.key,
      job: scope.job,
      step: scope.step,
      available: scope.available,
      definition: definition.name,
    };
    const found = findExpressions(this.#text, node, place, condition);
    this.expressions.push(...found.expressions);
    if (found.problem !== undefined) this.problems.push(found.problem);
    else if (definition.strings.length === 0 && found.expressions.length > 0) {
      const message = `${sentence(named(scope))} needs ${expected(definition)}`;
      if (!isOneExpression(node, found.expressions))
        this.#report('wrong-type', node, `${message}: text around an expression makes it a string.`);
      else if (!definition.boolean && !definition.number && scope.key !== 'matrix' && scope.section !== 'matrix')
        // GitHub's own parser and actionlint do not accept it everywhere, the service does.
        this.#report('wrong-type', node, `${message}, which tools can check only where it is written out.`, {
          severity: 'off',
        });
    }
    return found.expressions.length > 0 || found.problem !== undefined;
  }

  #mismatch(node: ScalarNode, definition: Definition, scope: Scope): void {
    const constants = definition.strings.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
    const shown = node.text.length > 60 ? `${node.text.slice(0, 60)}…` : node.text;
    if (constants.length === 0) {
      this.#report(
        'wrong-type',
        node,
        `${sentence(named(scope))} needs ${expected(definition)}, not ${described(node)}.`,
      );
      return;
    }
    const suggestion = closest(node.text, constants);
    const hint = suggestion === undefined ? listed(constants) : `Did you mean "${suggestion}"?`;
    this.#report(
      kindOfValue(definition),
      node,
      `"${shown}" is not a valid value of ${named(scope)}. ${hint}`,
      suggestion === undefined ? {} : { suggestion },
    );
  }

  #seq(node: SeqNode, definition: Definition, scope: Scope): void {
    const { item } = definition;
    if (item === undefined) {
      this.#report(
        'wrong-type',
        this.#firstLine(node, scope),
        `${sentence(named(scope))} needs ${expected(definition)}, not a list.`,
      );
      return;
    }
    if (node.items.length === 0 && definition.name !== 'any' && !mayBeEmpty.has(scope.key))
      this.#useless(node, 'list', scope);
    const inner = scope.items(item.strings.length > 0 && item.maps.length === 0);
    for (const child of node.items) this.node(child, item, inner);
  }

  #map(node: MapNode, definition: Definition, scope: Scope): void {
    if (node.entries.length === 0 && filled.has(scope.key) && !definition.name.startsWith('workflow-call')) {
      this.#useless(node, 'mapping', scope);
      return;
    }
    if (definition.maps.length === 0) {
      this.#report(
        'wrong-type',
        this.#firstLine(node, scope),
        `${sentence(named(scope))} needs ${expected(definition)}, not a mapping.`,
      );
      return;
    }
    const job = this.#models.jobs.get(node) ?? scope.job;
    const step = this.#models.steps.get(node) ?? scope.step;
    const inner = scope.inside(job, step);
    const seen = new Map<string, Entry>();
    let forms = decided(definition, node);
    let computedKeys = false;
    for (const entry of node.entries) {
      const key = entry.key.text;
      if (key.includes('${{')) {
        computedKeys = true;
        this.#computed(entry, definition, inner);
        continue;
      }
      if (key === '<<' && entry.key.style === 'plain') {
        this.#report(
          'merge-key',
          entry.key,
          'GitHub does not read the merge key "<<". Use an alias for the whole value, or repeat the keys.',
        );
        computedKeys = true;
        continue;
      }
      const folded = key.toUpperCase();
      const first = seen.get(folded);
      if (first !== undefined) {
        this.#duplicate(entry, first);
        continue;
      }
      seen.set(folded, entry);
      forms = this.#entry(entry, forms, definition, inner);
    }
    this.#complete(node, forms, seen, computedKeys, inner);
  }

  #computed(entry: Entry, { maps }: Definition, scope: Scope): void {
    const message = `Expressions are not allowed as keys of ${named(scope)}.`;
    if (scope.available.contexts.size === 0) this.#report('expression-not-allowed', entry.key, message);
    else if (maps.every(({ loose }) => loose === undefined)) this.#report('unexpected-key', entry.key, message);
  }

  #duplicate(entry: Entry, first: Entry): void {
    this.problems.push({
      kind: 'duplicate-key',
      start: entry.key.start,
      end: entry.key.end,
      message: `The key "${entry.key.text}" is here twice${entry.key.text === first.key.text ? '' : `: "${first.key.text}" differs only in case`}.`,
      related: [{ start: first.key.start, end: first.key.end, message: 'It is defined here first.' }],
    });
  }

  /** @returns the forms that are still possible after this key */
  #entry(entry: Entry, forms: readonly MapForm[], definition: Definition, scope: Scope): readonly MapForm[] {
    const key = entry.key.text;
    const [only] = forms;
    // Nearly always there is one form left, and nothing to filter.
    const matching = forms.length === 1 ? forms : forms.filter((form) => form.properties.has(key));
    const value = (forms.length === 1 ? only : matching.at(-1))?.properties.get(key);
    if (value !== undefined) {
      this.node(entry.value, value, scope.entry(key, entry.key));
      return matching;
    }
    const loose = forms[0]?.loose;
    if (loose !== undefined) {
      if (!matches(entry.key, loose.key)) this.#report('empty-value', entry.key, `A key of ${named(scope)} is empty.`);
      this.node(entry.value, loose.value, scope.entry(scope.key, entry.key));
      return forms;
    }
    this.#unexpected(entry, forms, definition, scope);
    return forms;
  }

  #unexpected(entry: Entry, forms: readonly MapForm[], definition: Definition, scope: Scope): void {
    const key = entry.key.text;
    if (definition.maps.some(({ properties }) => properties.has(key))) {
      const kind = forms[0]?.required[0] ?? '';
      this.#report(
        'unexpected-key',
        entry.key,
        `"${key}" does not go with "${kind}": ${named(scope)} is of another kind.`,
      );
      return;
    }
    const allowed = [...new Set(forms.flatMap((form) => [...form.properties.keys()]))];
    const suggestion = closest(key, allowed);
    const where = scope.key === '' ? 'at the top of this file' : `in ${named(scope)}`;
    const hint = suggestion === undefined ? listed(allowed) : `Did you mean "${suggestion}"?`;
    this.#report(
      keyKinds[scope.key] ?? 'unexpected-key',
      entry.key,
      `Unknown key "${key}" ${where}. ${hint}`,
      suggestion === undefined ? {} : { suggestion },
    );
  }

  /** A step that has both: which of the two is meant, nobody can tell. */
  #both(seen: ReadonlyMap<string, Entry>, scope: Scope): void {
    if (!scope.item || scope.step === undefined) return;
    const [run, uses] = [seen.get('RUN'), seen.get('USES')];
    if (run === undefined || uses === undefined) return;
    const first = run.start < uses.start ? run : uses;
    this.#report('unexpected-key', first.key, 'A step has either "run" or "uses", not both.');
  }

  #complete(
    node: MapNode,
    forms: readonly MapForm[],
    seen: ReadonlyMap<string, Entry>,
    computedKeys: boolean,
    scope: Scope,
  ): void {
    const first = node.entries[0]?.key ?? node;
    const at = this.#models.markKeyAbove ? (scope.at ?? first) : first;
    const [form] = forms;
    if (form === undefined) return;
    if (computedKeys) return;
    const present = (key: string) => seen.get(key.toUpperCase())?.key.text === key;
    // What every form that is still possible asks for is missing; of the rest, one of the keys that tell them apart.
    const shared = form.required.filter((key) => forms.every(({ required }) => required.includes(key)));
    for (const key of shared)
      if (!present(key)) this.#report('missing-key', at, `${sentence(named(scope))} needs the key "${key}".`);
    this.#both(seen, scope);
    if (forms.length === 1) return;
    const telling = forms.flatMap(({ required }) => required.filter((key) => !shared.includes(key)).slice(0, 1));
    if (telling.length === 0 || telling.some((key) => seen.has(key.toUpperCase()))) return;
    const list = [...new Set(telling)].map((key) => `"${key}"`).join(', ');
    this.#report('missing-key', at, `${sentence(named(scope))} needs one of the keys ${list}.`);
  }
}

/**
 * The forms that a mapping can have, where one key says which: with `uses`, a job calls a workflow and a step an action,
 * whatever else is there. GitHub decides by the first key that only some forms have, and blames the others.
 */
function decided({ name, maps }: Definition, node: MapNode): readonly MapForm[] {
  if (maps.length < 2) return maps;
  const has = (key: string) => node.entry(key) !== undefined;
  let key: string | undefined;
  if (name === 'job') key = has('uses') ? 'uses' : 'runs-on';
  else if (name === 'steps-item' || name === 'composite-step') {
    const uses = has('uses');
    if (uses !== has('run')) key = uses ? 'uses' : 'run';
  }
  return key === undefined ? maps : maps.filter(({ required }) => required.includes(key));
}

const positive = new Set(['timeout-minutes', 'cancel-timeout-minutes', 'max-parallel']);

/** Mappings that say nothing when they are empty. `permissions: {}` says a lot, and so does an event without filters. */
const filled = new Set(
  'on jobs env defaults run runs-on outputs strategy matrix container credentials services with'.split(' '),
);

const mayBeEmpty = new Set(['ports', 'volumes', 'labels', 'reviewers', 'assignees']);

/** Texts that GitHub takes empty as if they were not there. */
const idle = new Set(
  'string-steps-context job-environment job-environment-name string-runner-context-no-secrets workflow-output-context workflow-concurrency container'.split(
    ' ',
  ),
);

/** Where GitHub refuses an empty list or mapping. */
const needed = new Set('on jobs runs-on steps container credentials strategy matrix schedule'.split(' '));

/** Mappings whose unknown keys have a rule of their own. */
const keyKinds: Readonly<Record<string, ProblemKind>> = { on: 'unknown-event', permissions: 'invalid-permissions' };

/** Its value is that of the expression. A line break at the end, as behind `|`, is text as well. */
function isOneExpression(node: ScalarNode, expressions: readonly Expression[]): boolean {
  return expressions.length === 1 && expressions[0]?.whole === true && node.text.endsWith('}}');
}

function kindOfValue(definition: Definition): ProblemKind {
  if (definition.name.startsWith('permission')) return 'invalid-permissions';
  if (definition.name.startsWith('on-')) return 'unknown-event';
  return definition.name.includes('-activity') ? 'unknown-event-type' : 'invalid-value';
}

function matches(node: ScalarNode, definition: Definition): boolean {
  const { value } = node;
  if (value === null && definition.null) return true;
  if (typeof value === 'boolean' && definition.boolean) return true;
  if (typeof value === 'number' && definition.number) return true;
  const text = value === null ? '' : node.text;
  return definition.strings.some(({ constant, nonEmpty }) =>
    constant === undefined ? !nonEmpty || text !== '' : constant === text,
  );
}

/** What a message calls the thing at a place. */
function named({ key, job, step, item }: Scope): string {
  if (key === '') return 'this file';
  if (step !== undefined && item) return 'this step';
  if (job !== undefined && step === undefined && key === job.id) return `the job "${key}"`;
  return item ? `an item of "${key}"` : `"${key}"`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function described(node: ScalarNode): string {
  if (node.style !== 'plain') return 'a string';
  if (typeof node.value === 'boolean') return 'a boolean';
  return typeof node.value === 'number' ? 'a number' : 'a string';
}

function expected(definition: Definition): string {
  const kinds: string[] = [];
  if (definition.strings.length > 0) kinds.push('a string');
  if (definition.number) kinds.push('a number');
  if (definition.boolean) kinds.push('true or false');
  if (definition.item !== undefined) kinds.push('a list');
  if (definition.maps.length > 0) kinds.push('a mapping');
  const last = kinds.pop() ?? 'nothing';
  return kinds.length === 0 ? last : `${kinds.join(', ')} or ${last}`;
}

function listed(names: readonly string[]): string {
  if (names.length > 24) return '';
  return `Expected ${names.length === 1 ? '' : 'one of '}${names.map((name) => `"${name}"`).join(', ')}.`;
}
