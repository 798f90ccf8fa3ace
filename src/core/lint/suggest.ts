/**
 * The candidate that was probably meant: equal up to case and separators, or a few typing errors away.
 *
 * @returns undefined where nothing is near enough to be worth a guess
 */
export function closest(written: string, candidates: Iterable<string>): string | undefined {
  const plain = flatten(written);
  const limit = Math.max(1, Math.floor(written.length / 3));
  if (written.length > 60) return undefined;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === written) continue;
    const distance = distanceOf(written, plain, candidate, limit);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function distanceOf(written: string, plain: string, candidate: string, limit: number): number {
  if (flatten(candidate) === plain) return 0;
  // `timeout` for `timeout-minutes`: its first word.
  if (written.length > 3 && candidate.startsWith(`${written}-`)) return 1;
  return editDistance(written.toLowerCase(), candidate.toLowerCase(), limit);
}

function flatten(text: string): string {
  return text.toLowerCase().replace(/[-_ .]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours; more than `limit` is only told to be more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
