import type * as plannerModule from './planner.js';

let planner: Promise<typeof plannerModule> | undefined;

/** What reads workflows; it brings a parser of YAML along. */
export function loadPlanner(): Promise<typeof plannerModule> {
  return (planner ??= import('./planner.js'));
}
