/** `v4` and `v4.2` move along with `v4.2.1`; `v4.2.1` is it. */
export function covers(ref: string, tag: string): boolean {
  const [short, long] = [ref.replace(/^v/i, ''), tag.replace(/^v/i, '')];
  return short === long || long.startsWith(`${short}.`);
}

/** The newest release among tags that moves along with a ref; pre-releases don't. */
export function newestCovered(ref: string, tags: readonly string[]): string | undefined {
  const parts = (tag: string) => tag.replace(/^v/i, '').split('.').map(Number);
  const found = tags.filter((tag) => /^v?\d+(?:\.\d+){0,3}$/i.test(tag) && covers(ref, tag));
  return found.sort((a, b) => {
    const [left, right] = [parts(a), parts(b)];
    for (let part = 0; part < 4; part++) {
      // "v4.0.0" says more than "v4", which is moved to each release.
      const order = (right[part] ?? -1) - (left[part] ?? -1);
      if (order !== 0) return order;
    }
    return 0;
  })[0];
}

/** Whether a ref names one release, by its commit or its full version, and not what moves along with releases. */
export function isRelease(ref: string): boolean {
  return /^(?:[0-9a-f]{40}|v?\d+\.\d.*)$/i.test(ref);
}

/** Whether a full version such as `v1.2.3` is a later one than `tag`. Moving refs such as `v1` are not. */
export function isNewer(version: string, tag: string): boolean {
  const [left, right] = [version, tag].map((text) => /^v?(\d+)\.(\d+)(?:\.(\d+))?/i.exec(text)?.slice(1) ?? []);
  if (left === undefined || right === undefined || left.length === 0 || right.length === 0) return false;
  for (let part = 0; part < 3; part++) {
    const order = Number(left[part] ?? 0) - Number(right[part] ?? 0);
    if (order !== 0) return order > 0;
  }
  return false;
}
