/** Settings by name, each with the values that it can have. */
export type Settings<T> = { [K in keyof T]: readonly T[K][] };

interface Pair {
  first: [number, number];
  second: [number, number];
}

/**
 * Few combinations in which every two settings meet in every pair of their values: faults of options that don't get
 * along show up in one of them. Greedy, hence the same ones every time.
 */
export function pairwise<T extends object>(settings: Settings<T>): T[] {
  const names = Object.keys(settings) as (keyof T)[];
  const sizes = names.map((name) => settings[name].length);
  let open = allPairs(sizes);
  const rows: T[] = [];
  while (open.length > 0) {
    const row = nextRow(sizes, open);
    open = open.filter((pair) => !covers(row, pair));
    rows.push(Object.fromEntries(names.map((name, index) => [name, settings[name][row[index] ?? 0]])) as T);
  }
  return rows;
}

function allPairs(sizes: readonly number[]): Pair[] {
  const values = sizes.flatMap((size, setting) =>
    Array.from({ length: size }, (_, value): [number, number] => [setting, value]),
  );
  return values.flatMap((first) =>
    values.filter(([setting]) => setting > first[0]).map((second) => ({ first, second })),
  );
}

function covers(row: readonly (number | undefined)[], { first, second }: Pair): boolean {
  return row[first[0]] === first[1] && row[second[0]] === second[1];
}

/** Starts from a pair that is still open, and gives every other setting the value that closes the most pairs. */
function nextRow(sizes: readonly number[], open: readonly Pair[]): number[] {
  const row: (number | undefined)[] = sizes.map(() => undefined);
  const [start] = open;
  if (start) [row[start.first[0]], row[start.second[0]]] = [start.first[1], start.second[1]];
  for (const [setting, size] of sizes.entries()) {
    if (row[setting] !== undefined) continue;
    const gains = Array.from({ length: size }, (_, value) => {
      const tried = row.with(setting, value);
      return open.filter((pair) => covers(tried, pair)).length;
    });
    row[setting] = gains.indexOf(Math.max(...gains));
  }
  return row.map((value) => value ?? 0);
}
