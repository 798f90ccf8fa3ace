/** Whether two lists, maps or records hold the same things; what they hold is compared by identity. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => Object.is(each, other[index]));
  }
  if (one instanceof Map && other instanceof Map) {
    return (
      one.size === other.size && [...one].every(([key, value]) => other.has(key) && Object.is(value, other.get(key)))
    );
  }
  return false;
}

/** The record, with every value that is the same as before replaced by the one from before; the one from before if all are. */
export function reuse<T extends object>(before: T | null, now: T): T {
  if (before === null) return now;
  const merged: Partial<T> = {};
  let changed = false;
  for (const key of Object.keys(now) as (keyof T)[]) {
    if (same(before[key], now[key])) merged[key] = before[key];
    else {
      merged[key] = now[key];
      changed = true;
    }
  }
  return changed ? (merged as T) : before;
}
