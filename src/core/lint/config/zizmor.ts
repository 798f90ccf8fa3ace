import { scalars } from '../yaml/node';
import type { MapNode } from '../yaml/node';
import { readYaml } from '../yaml/read';

/** `zizmor.yml`. */
export interface ZizmorConfig {
  /** Audits that are switched off. */
  readonly disabled: ReadonlySet<string>;
  /** Places that an audit ignores. */
  readonly ignores: ReadonlyMap<string, readonly ZizmorIgnore[]>;
  /** What a rule is configured with, below `rules.<audit>.config`. */
  config(audit: string): MapNode | undefined;
}

export interface ZizmorIgnore {
  /** The name of the file, without folders. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export function readZizmorConfig(text: string): ZizmorConfig {
  const { root } = readYaml(text);
  const rules = root?.kind === 'map' ? root.map('rules') : undefined;
  const disabled = new Set<string>();
  const ignores = new Map<string, ZizmorIgnore[]>();
  for (const { key, value } of rules?.entries ?? []) {
    if (value.kind !== 'map') continue;
    if (value.scalar('disable')?.value === true) disabled.add(key.text);
    ignores.set(
      key.text,
      scalars(value.get('ignore')).flatMap(({ text: place }) => readIgnore(place)),
    );
  }
  return { disabled, ignores, config: (audit) => rules?.map(audit)?.map('config') };
}

/** `file.yml`, `file.yml:12` or `file.yml:12:5`. */
function readIgnore(place: string): ZizmorIgnore[] {
  const match = /^([^:]+)(?::(\d+)(?::(\d+))?)?$/.exec(place.trim());
  const [, file, line, column] = match ?? [];
  if (file === undefined) return [];
  return [
    {
      file,
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(column === undefined ? {} : { column: Number(column) }),
    },
  ];
}
