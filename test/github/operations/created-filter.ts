/** Whether a time is in a range as GitHub's search writes it: `>=2026-11-01`, `2026-11-01..2026-11-07`, `*..2026-11-07`, … */
export function createdWithin(time: number, range: string): boolean {
  const between = /^(.+)\.\.(.+)$/.exec(range);
  if (between !== null) {
    const [, from = '*', to = '*'] = between;
    return (from === '*' || time >= start(from)) && (to === '*' || time < end(to));
  }
  const [, operator = '', date = ''] = /^(>=|<=|>|<)?(.+)$/.exec(range) ?? [];
  if (operator === '>=') return time >= start(date);
  if (operator === '>') return time >= end(date);
  if (operator === '<=') return time < end(date);
  if (operator === '<') return time < start(date);
  return time >= start(date) && time < end(date);
}

function start(date: string): number {
  return Date.parse(date);
}

/** After the day, or after the second. */
function end(date: string): number {
  return Date.parse(date) + (/^\d{4}-\d\d-\d\d$/.test(date) ? 86_400_000 : 1000);
}
