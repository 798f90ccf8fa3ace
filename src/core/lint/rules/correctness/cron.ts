const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The days of each month, in a leap year. */
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const fields = [
  { name: 'minute', from: 0, to: 59, names: [] as string[], base: 0 },
  { name: 'hour', from: 0, to: 23, names: [] as string[], base: 0 },
  { name: 'day of the month', from: 1, to: 31, names: [] as string[], base: 0 },
  { name: 'month', from: 1, to: 12, names: months, base: 1 },
  { name: 'day of the week', from: 0, to: 6, names: days, base: 0 },
] as const;

/** A schedule in POSIX cron syntax, or what is wrong with it. */
export type Cron =
  | { readonly problem: string }
  | {
      readonly problem: undefined;
      /** The minutes of an hour at which it starts, ascending. */
      readonly minutes: readonly number[];
      /** The hours of a day at which it starts, ascending. */
      readonly hours: readonly number[];
    };

/** Reads the five fields that GitHub accepts: numbers, names, `*`, `,`, `-` and `/`. */
export function readCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (text.trim().startsWith('@')) return { problem: `GitHub does not know "${text.trim()}"; write the five fields.` };
  if (parts.length !== 5)
    return { problem: `A schedule has five fields, this one has ${text.trim() === '' ? 0 : parts.length}.` };
  const values: number[][] = [];
  for (const [index, field] of fields.entries()) {
    const result = readField(parts[index] ?? '', field);
    if (typeof result === 'string') return { problem: result };
    values.push(result);
  }
  const [minutes = [], hours = [], monthDays = [], monthNumbers = []] = values;
  // Where days of the week are given too, those are enough.
  if (parts[4] === '*' && monthNumbers.every((month) => monthDays.every((day) => day > (longest[month - 1] ?? 31))))
    return { problem: `"${parts[2] ?? ''} ${parts[3] ?? ''}" is a day that never comes.` };
  return { problem: undefined, minutes, hours };
}

function readField(text: string, field: (typeof fields)[number]): number[] | string {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|[A-Za-z\d]+)(?:-([A-Za-z\d]+))?(?:\/(\d+))?$/.exec(part);
    if (match === null) return `"${part}" is no ${field.name}.`;
    const [, first = '', last, step] = match;
    const by = step === undefined ? 1 : Number(step);
    if (by < 1 || by > field.to) return `The step "/${step ?? ''}" of the ${field.name} must be from 1 to ${field.to}.`;
    if (first === '*' && last !== undefined) return `"${part}" is no ${field.name}.`;
    const from = first === '*' ? field.from : valueOf(first, field);
    const to =
      first === '*' ? field.to : last !== undefined ? valueOf(last, field) : step === undefined ? from : field.to;
    if (from === undefined || to === undefined || from < field.from || to > field.to || from > field.to)
      return `"${part}" is no ${field.name}: it goes from ${field.from} to ${field.to}.`;
    if (from > to) return `The range "${part}" of the ${field.name} is backwards.`;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function valueOf(text: string, field: (typeof fields)[number]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = field.names.indexOf(text.toLowerCase());
  return index < 0 ? undefined : index + field.base;
}

/** The shortest time between two starts of the same day, in minutes. */
export function shortestInterval({ minutes, hours }: Extract<Cron, { problem: undefined }>): number {
  let shortest = Infinity;
  for (let index = 1; index < minutes.length; index++)
    shortest = Math.min(shortest, (minutes[index] ?? 0) - (minutes[index - 1] ?? 0));
  const follows = hours.some((hour) => hours.includes((hour + 1) % 24));
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (follows && first !== undefined && last !== undefined) shortest = Math.min(shortest, first + 60 - last);
  return shortest;
}
