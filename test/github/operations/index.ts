import type { Handlers } from '../http/call.js';
import { artifacts } from './artifacts.js';
import { people } from './people.js';
import { repositories } from './repositories.js';
import { runs } from './runs.js';
import { workflows } from './workflows.js';

/** What answers the operations of the API, by operation id. */
export const handlers: Handlers = { ...repositories, ...people, ...workflows, ...runs, ...artifacts };
