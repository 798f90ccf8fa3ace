import { scalars } from '../yaml/node';
import { readYaml } from '../yaml/read';
import { globToRegExp } from './glob';

/** `.github/actionlint.yaml`. */
export interface ActionlintConfig {
  /** Labels of self-hosted runners, as globs. */
  readonly runnerLabels: readonly RegExp[];
  /** The names that `vars` may have; undefined where any is fine. */
  readonly variables: readonly string[] | undefined;
  /** Messages that are ignored in files that match. */
  readonly ignores: readonly { readonly path: RegExp; readonly messages: readonly RegExp[] }[];
}

export function readActionlintConfig(text: string): ActionlintConfig {
  const { root } = readYaml(text);
  const top = root?.kind === 'map' ? root : undefined;
  const variables = top?.get('config-variables');
  return {
    runnerLabels: scalars(top?.map('self-hosted-runner')?.get('labels')).map((label) => globToRegExp(label.text)),
    variables: variables?.kind === 'seq' ? scalars(variables).map((name) => name.text) : undefined,
    ignores: (top?.map('paths')?.entries ?? []).map(({ key, value }) => ({
      path: globToRegExp(key.text),
      messages: scalars(value.kind === 'map' ? value.get('ignore') : undefined).flatMap(({ text: pattern }) =>
        regExp(pattern),
      ),
    })),
  };
}

/** The patterns are written for Go; the few that JavaScript does not read ignore nothing. */
function regExp(pattern: string): RegExp[] {
  const flags = pattern.startsWith('(?i)') ? 'i' : '';
  try {
    return [new RegExp(pattern.replace(/^\(\?i\)/, ''), flags)];
  } catch {
    return [];
  }
}
