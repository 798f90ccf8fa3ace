import * as v from 'valibot';

const gateSchema = v.looseObject({
  id: v.string(),
  state: v.optional(v.nullable(v.string())),
  value: v.optional(v.nullable(v.number()), null),
  threshold: v.optional(v.nullable(v.number()), null),
  unit: v.optional(v.nullable(v.string()), null),
  reason: v.optional(v.nullable(v.string()), null),
});
const partSchema = v.looseObject({ gates: v.array(gateSchema) });

/** What a gate's scripts measured: the part of the report that they would hand to the gate job on GitHub. */
export interface Measured {
  readonly value: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  readonly reason: string | null;
  readonly skipped: boolean;
}

/** Reads the parts of a report that concern a gate; those of several roots are added up. Null where there are none. */
export function measuredIn(parts: readonly string[], gate: string): Measured | null {
  const found = parts.flatMap(gatesOf).filter(({ id }) => id === gate);
  const [first] = found;
  if (!first) return null;
  const values = found.flatMap(({ value }) => (value === null ? [] : [value]));
  return {
    value: values.length === 0 ? null : first.unit === '%' ? Math.min(...values) : values.reduce((a, b) => a + b),
    threshold: first.threshold,
    unit: first.unit,
    reason: found.find(({ reason }) => reason !== null)?.reason ?? null,
    skipped: found.every(({ state }) => state === 'skipped'),
  };
}

function gatesOf(part: string): v.InferOutput<typeof gateSchema>[] {
  try {
    const result = v.safeParse(partSchema, JSON.parse(part));
    return result.success ? result.output.gates : [];
  } catch {
    return [];
  }
}

/** The outputs of a step, as it wrote them to the file that GITHUB_OUTPUT names: `name=value` or `name<<END`. */
export function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block) {
      const end = lines.indexOf(block[2] ?? '', at + 1);
      if (end === -1) break;
      outputs[block[1] ?? ''] = lines.slice(at + 1, end).join('\n');
      at = end;
      continue;
    }
    const equals = line.indexOf('=');
    if (equals > 0) outputs[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return outputs;
}
