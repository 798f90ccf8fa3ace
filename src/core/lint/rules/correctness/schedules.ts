import type { Workflow } from '../../model/workflow';
import type { ScalarNode } from '../../yaml/node';

export interface Schedule {
  readonly cron: ScalarNode | undefined;
  readonly timezone: ScalarNode | undefined;
}

/** The entries of `on.schedule`. */
export function schedules(workflow: Workflow | undefined): Schedule[] {
  const config = workflow?.trigger('schedule')?.config;
  if (config?.kind !== 'seq') return [];
  return config.items.flatMap((item) =>
    item.kind === 'map' ? [{ cron: item.scalar('cron'), timezone: item.scalar('timezone') }] : [],
  );
}
