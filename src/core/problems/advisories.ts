import { finding } from './finding.js';
import type { LogReader } from './finding.js';

const field = /^(Crate|Version|Title|Date|ID|URL|Severity|Solution|Warning|Dependency tree):\s*(.*)$/;

/** Advisories that cargo-audit found: a block of fields for each. They are about a package in Cargo.lock. */
export const readAdvisory: LogReader = (lines, at) => {
  const name = /^Crate:\s+(\S+)$/.exec(lines[at] ?? '')?.[1];
  if (name === undefined) return undefined;
  const fields = new Map<string, string>();
  let end = at;
  for (; end < lines.length; end++) {
    const match = field.exec(lines[end] ?? '');
    if (!match || (end > at && match[1] === 'Crate')) break;
    fields.set(match[1] ?? '', match[2] ?? '');
  }
  const id = fields.get('ID') ?? null;
  const kind = fields.get('Warning');
  const version = fields.get('Version') ?? '';
  if (id === null && kind === undefined) return undefined;
  return {
    findings: [
      finding({
        path: 'Cargo.lock',
        anchor: `name = "${name}"`,
        severity: kind === undefined ? 'error' : 'warning',
        title: `${name} ${version}: ${fields.get('Title') ?? kind ?? 'is affected'}`,
        detail: ['Severity', 'Solution', 'Warning']
          .flatMap((key) => (fields.get(key) === undefined ? [] : [`${key}: ${fields.get(key) ?? ''}`]))
          .join('\n'),
        code: id,
        url: fields.get('URL') ?? null,
        source: 'cargo-audit',
        logLine: at,
      }),
    ],
    next: end,
  };
};

/** What cargo-deny says of a package without pointing at a file: `error[unlicensed]: net = 0.1.0 is unlicensed`. */
export const readDenied: LogReader = (lines, at) => {
  const match = /^(error|warning)\[([\w-]+)\]: (.*)$/.exec(lines[at] ?? '');
  if (!match || /^E\d{4}$/.test(match[2] ?? '') || !/^\s*├ /.test(lines[at + 1] ?? '')) return undefined;
  // What cargo-deny only warns of does not fail the gate.
  if (match[1] === 'warning') return { findings: [], next: at + 1 };
  const name = /'?\b([\w-]+) = \d/.exec(match[3] ?? '')?.[1];
  return {
    findings: [
      finding({
        path: name === undefined ? null : 'Cargo.lock',
        anchor: name === undefined ? null : `name = "${name}"`,
        title: match[3] ?? '',
        code: match[2] ?? null,
        source: 'cargo-deny',
        logLine: at,
      }),
    ],
    next: at + 1,
  };
};

const threshold = /Coverage is below the failure threshold ([\d.]+)% < ([\d.]+)%/;

/** Coverage that is too low, as cargo-tarpaulin says it and as the pipeline's own script does. */
export const readThreshold: LogReader = (lines, at) => {
  const line = lines[at] ?? '';
  const own = /^(?:Error: )?([\d.]+) % of the lines are covered, ([\d.]+) % are needed\.$/.exec(line);
  const match = own ?? threshold.exec(line);
  if (!match || (!own && line.startsWith('Error: '))) return undefined;
  const title = `${match[1] ?? ''} % of the lines are covered, ${match[2] ?? ''} % are needed.`;
  return { findings: [finding({ title, source: 'tarpaulin', logLine: at })], next: at + 1 };
};
