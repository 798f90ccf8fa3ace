import type { MapNode, ScalarNode } from '../yaml/node';
import { readSteps } from './workflow';
import type { Step } from './workflow';

/** An `action.yml`. */
export interface Action {
  readonly node: MapNode;
  readonly name: ScalarNode | undefined;
  readonly description: ScalarNode | undefined;
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** By lower-case name. */
  readonly outputs: ReadonlyMap<string, ScalarNode>;
  readonly runs: MapNode | undefined;
  /** `composite`, `docker`, `node20`, … */
  readonly using: ScalarNode | undefined;
  /** Of a composite action. */
  readonly steps: readonly Step[];
}

export interface ActionInput {
  readonly key: ScalarNode;
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly deprecated: ScalarNode | undefined;
}

export function readAction(root: MapNode, text: string): Action {
  const inputs = new Map<string, ActionInput>();
  for (const { key, value } of root.map('inputs')?.entries ?? []) {
    const node = value.kind === 'map' ? value : undefined;
    inputs.set(key.text.toLowerCase(), {
      key,
      required: node?.scalar('required')?.text === 'true',
      hasDefault: node?.get('default') !== undefined,
      deprecated: node?.scalar('deprecationMessage'),
    });
  }
  const outputs = new Map<string, ScalarNode>();
  for (const { key } of root.map('outputs')?.entries ?? []) outputs.set(key.text.toLowerCase(), key);
  const runs = root.map('runs');
  const steps: Step[] = [];
  readSteps(runs?.seq('steps'), steps, text);
  return {
    node: root,
    name: root.scalar('name'),
    description: root.scalar('description'),
    inputs,
    outputs,
    runs,
    using: runs?.scalar('using'),
    steps,
  };
}
