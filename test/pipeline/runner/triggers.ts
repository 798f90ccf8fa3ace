import { type Event, refName, refType } from './event.js';
import type { Triggers } from './schema.js';

/** GitHub's filter patterns: `*` stops at a slash, `**` does not, `?`, `+` and `[]` as in a regular expression. */
function matchesFilter(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.$^(){}|\\]/g, '\\$&')
    .replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'));
  return new RegExp(`^${source}$`).test(name);
}

/** The last pattern that matches decides; one that begins with `!` excludes. */
function passes(patterns: readonly string[], name: string): boolean {
  const last = patterns.findLast((pattern) => matchesFilter(pattern.replace(/^!/, ''), name));
  return last !== undefined && !last.startsWith('!');
}

/** Whether the event starts a workflow with these triggers. */
export function triggeredBy(triggers: Triggers, event: Event): boolean {
  if (!(event.name in triggers)) return false;
  if (event.name === 'schedule' || event.name === 'workflow_dispatch') return true;
  const filter = triggers[event.name];
  if (!filter?.branches && !filter?.tags) return true;
  if (refType(event) === 'tag') return passes(filter.tags ?? [], refName(event));
  const branch = event.name === 'push' ? refName(event) : targetBranch(event);
  return passes(filter.branches ?? [], branch);
}

/** Pull requests and merge groups are filtered by the branch that they go to. */
function targetBranch(event: Event): string {
  return event.baseRef || (/^gh-readonly-queue\/(.+)\/[^/]+$/.exec(refName(event))?.[1] ?? '');
}

/** The `inputs` context: what was typed, in the declared type, else the default. */
export function dispatchInputs(triggers: Triggers, event: Event): Record<string, unknown> {
  const declared = triggers.workflow_dispatch?.inputs ?? {};
  const unknown = Object.keys(event.inputs).find((name) => !(name in declared));
  if (unknown !== undefined) throw new Error(`The workflow declares no input "${unknown}".`);
  if (event.name !== 'workflow_dispatch') return {};
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => {
      const value = event.inputs[name] ?? input.default;
      if (input.required && (value === undefined || value === '')) throw new Error(`The input "${name}" is required.`);
      if (input.options && !input.options.includes(String(value))) {
        throw new Error(`The input "${name}" can't be "${String(value)}".`);
      }
      return [name, value ?? (input.type === 'boolean' ? false : '')];
    }),
  );
}
