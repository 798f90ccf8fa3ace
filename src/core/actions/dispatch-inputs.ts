import { parse } from 'yaml';
import * as v from 'valibot';

const scalar = v.pipe(
  v.union([v.string(), v.number(), v.boolean()]),
  v.transform((value) => String(value)),
);

/** An input as people write it; what is wrong in it is read as if it were not there. */
const inputSchema = v.object({
  description: v.fallback(v.optional(scalar), undefined),
  required: v.fallback(v.optional(v.boolean()), undefined),
  default: v.fallback(v.optional(scalar), undefined),
  type: v.fallback(v.picklist(['string', 'number', 'boolean', 'choice', 'environment']), 'string'),
  options: v.fallback(v.optional(v.array(scalar)), undefined),
});

/** What a workflow asks of whoever runs it by hand. */
export interface DispatchInput {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'choice' | 'environment';
  readonly description: string;
  readonly required: boolean;
  readonly default: string;
  /** Of a choice. */
  readonly options: readonly string[];
}

/**
 * The inputs of `workflow_dispatch`, in their order.
 * @returns null when the workflow cannot be run by hand, or is no YAML
 */
export function dispatchInputs(workflow: string): readonly DispatchInput[] | null {
  let root: unknown;
  try {
    root = parse(workflow, { logLevel: 'silent', uniqueKeys: false });
  } catch {
    return null;
  }
  const on = entry(root, 'on');
  if (on === 'workflow_dispatch') return [];
  if (Array.isArray(on)) return on.includes('workflow_dispatch') ? [] : null;
  if (typeof on !== 'object' || on === null || !('workflow_dispatch' in on)) return null;
  const inputs = entry(on.workflow_dispatch, 'inputs');
  if (typeof inputs !== 'object' || inputs === null) return [];
  return Object.entries(inputs).map(([name, value]) => {
    const read = v.safeParse(inputSchema, value ?? {});
    const input: v.InferOutput<typeof inputSchema> = read.success
      ? read.output
      : { description: undefined, required: undefined, default: undefined, options: undefined, type: 'string' };
    const { type } = input;
    return {
      name,
      type,
      description: input.description ?? '',
      required: input.required ?? false,
      // Without a default GitHub takes the first choice, and false.
      default: input.default ?? (type === 'choice' ? (input.options?.[0] ?? '') : type === 'boolean' ? 'false' : ''),
      options: input.options ?? [],
    };
  });
}

function entry(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
