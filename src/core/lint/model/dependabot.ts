import type { MapNode, ScalarNode } from '../yaml/node';

/** A `.github/dependabot.yml`. */
export interface Dependabot {
  readonly node: MapNode;
  readonly updates: readonly DependabotUpdate[];
}

export interface DependabotUpdate {
  readonly node: MapNode;
  readonly ecosystem: ScalarNode | undefined;
  readonly directory: ScalarNode | undefined;
}

export function readDependabot(root: MapNode): Dependabot {
  const updates = (root.seq('updates')?.items ?? []).filter((item) => item.kind === 'map');
  return {
    node: root,
    updates: updates.map((node) => ({
      node,
      ecosystem: node.scalar('package-ecosystem'),
      directory: node.scalar('directory'),
    })),
  };
}
