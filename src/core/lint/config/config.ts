import type { Repository } from '../repository';
import { readActionlintConfig } from './actionlint';
import type { ActionlintConfig } from './actionlint';
import { readZizmorConfig } from './zizmor';
import type { ZizmorConfig } from './zizmor';

/** What a repository has configured for other linters and expects of this one too. */
export interface Config {
  readonly actionlint: ActionlintConfig;
  readonly zizmor: ZizmorConfig;
}

const none: Config = { actionlint: readActionlintConfig(''), zizmor: readZizmorConfig('') };

/** Files that cannot be read as configuration count as empty: their own tools report them. */
export function configOf(repository: Repository | undefined): Config {
  if (repository === undefined) return none;
  const first = <T>(paths: readonly string[], make: (text: string) => T): T | undefined => {
    for (const path of paths) {
      const value = repository.derive(path, 'config', make);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return {
    actionlint: first(['.github/actionlint.yaml', '.github/actionlint.yml'], readActionlintConfig) ?? none.actionlint,
    zizmor:
      first(['.github/zizmor.yml', '.github/zizmor.yaml', 'zizmor.yml', 'zizmor.yaml'], readZizmorConfig) ??
      none.zizmor,
  };
}
