/** A version as Cargo and container tags have it, without build metadata. */
const form = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** The version that a tag names, without `v`; null when it names none (`latest`, `1.4`, `sha-…`). */
export function versionIn(tag: string): string | null {
  return form.test(tag) ? tag.replace(/^v/, '') : null;
}

export const isPrerelease = (version: string): boolean => form.exec(version)?.[4] !== undefined;

/** Orders versions by precedence as https://semver.org has it; what is no version comes first. */
export function compareVersions(left: string, right: string): number {
  const a = form.exec(left);
  const b = form.exec(right);
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  for (const part of [1, 2, 3]) {
    const difference = Number(a[part]) - Number(b[part]);
    if (difference !== 0) return Math.sign(difference);
  }
  return comparePrereleases(a[4], b[4]);
}

function comparePrereleases(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  // A release comes after its own prereleases.
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  const a = left.split('.');
  const b = right.split('.');
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (one === other) continue;
    const numbers = [one, other].map((text) => (/^\d+$/.test(text) ? Number(text) : undefined));
    const [x, y] = numbers;
    if (x !== undefined && y !== undefined) return Math.sign(x - y);
    // Numbers come before words.
    if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
    return one < other ? -1 : 1;
  }
  return -1;
}
