/** An action at a commit, as in `uses: actions/checkout@3d3c… # v7.0.1`, or a tool to install, as in `tool: cargo-deny@0.20.2`. */
export interface Pin {
  /** `owner/repository`, with the folder of the action where it has one; or the name of the tool. */
  action: string;
  ref: string;
  /** From the comment or, without one, from the ref; undefined when neither names a version. */
  version: number[] | undefined;
  /** The comment that names the version, with the blanks before it; empty without one. */
  comment: string;
}

const line =
  /^(?<head>\s*(?:-\s+)?(?:uses|tool):\s*(?<quote>['"]?)(?<action>[\w.-]+(?:\/[\w.-]+)*)@)(?<ref>[^\s'"#]+)\k<quote>(?<comment>\s+#\s*(?:tag=|ref=|pin@|version[:=]?\s*|ratchet:\S+@)?(?<version>v?\d+(?:\.\d+)*))?(?<rest>(?:[^\w.].*)?)$/;

/** Pins by action. */
export type NewestPins = ReadonlyMap<string, Pin>;

/** The pin in a line of YAML. */
export function pinOf(text: string): Pin | undefined {
  const { action, ref, comment = '', version } = line.exec(text)?.groups ?? {};
  if (action === undefined || ref === undefined) return undefined;
  return { action, ref, version: numbers(version ?? ref), comment };
}

/** A line without what Dependabot moves, so that lines which differ in nothing else compare equal. */
export function withoutPin(text: string): string {
  return text.replace(line, '$<head>$<rest>');
}

/** The line with another pin of the same action. */
export function withPin(text: string, pin: Pin): string {
  const { head, quote = '', rest = '' } = line.exec(text)?.groups ?? {};
  return head === undefined ? text : head + pin.ref + quote + pin.comment + rest;
}

/**
 * Which of two pins of one line goes on. What the user moved stays, unless it was moved forward and the template has
 * moved further still. Nothing goes back.
 * @param base the pin as it was generated; undefined when that is not known
 */
export function choosePin(base: Pin | undefined, yours: Pin, theirs: Pin): Pin {
  if (yours.ref === theirs.ref) return yours;
  if (yours.ref === base?.ref) return theirs;
  const movedForward = base === undefined || isNewer(yours, base);
  return movedForward && isNewer(theirs, yours) ? theirs : yours;
}

/** The newest pin of every action in some texts; what cannot be compared is left out. */
export function newestPins(texts: Iterable<string>): NewestPins {
  const newest = new Map<string, Pin>();
  for (const text of texts) {
    for (const each of text.split('\n')) {
      const pin = pinOf(each);
      if (pin?.version === undefined) continue;
      const known = newest.get(pin.action);
      if (!known || isNewer(pin, known)) newest.set(pin.action, pin);
    }
  }
  return newest;
}

/** The line with the newest known pin of its action, if that is newer than its own. */
export function raisePin(text: string, newest: NewestPins): string {
  const pin = pinOf(text);
  const candidate = pin && newest.get(pin.action);
  return candidate && isNewer(candidate, pin) ? withPin(text, candidate) : text;
}

/** Whether one version is surely newer than another: `v5` is newer than `v4.2.1`, `v4` is not. */
function isNewer(a: Pin, b: Pin): boolean {
  if (!a.version || !b.version) return false;
  for (let index = 0; index < Math.min(a.version.length, b.version.length); index++) {
    const difference = (a.version[index] ?? 0) - (b.version[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function numbers(version: string): number[] | undefined {
  return /^v?\d+(?:\.\d+)*$/.test(version) && version.length < 20
    ? version.replace('v', '').split('.').map(Number)
    : undefined;
}
