import type { Handlers } from '../http/call.js';
import { artifacts } from './artifacts.js';
import { checks } from './checks.js';
import { contents } from './contents.js';
import { deployments, environments } from './environments.js';
import { git } from './git.js';
import { meta } from './meta.js';
import { packages } from './packages.js';
import { people } from './people.js';
import { permissions } from './permissions.js';
import { pulls } from './pulls.js';
import { releases } from './releases.js';
import { repositories } from './repositories.js';
import { rules } from './rules.js';
import { runs } from './runs.js';
import { securitySwitches } from './security-switches.js';
import { settings } from './settings.js';
import { workflows } from './workflows.js';

/** What answers the operations of the API, by operation id. */
export const handlers: Handlers = {
  ...meta,
  ...people,
  ...repositories,
  ...git,
  ...contents,
  ...pulls,
  ...workflows,
  ...runs,
  ...artifacts,
  ...checks,
  ...rules,
  ...environments,
  ...deployments,
  ...releases,
  ...packages,
  ...settings,
  ...permissions,
  ...securitySwitches,
};
