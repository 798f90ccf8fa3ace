import { matrixValues } from '../../model/matrix-values';
import type { Job } from '../../model/workflow';
import type { Node, ScalarNode } from '../../yaml/node';
import { scalars } from '../../yaml/node';

export interface RunnerLabel {
  readonly text: string;
  /** Where it is written: in `runs-on`, or in the matrix that it comes from. */
  readonly node: ScalarNode;
  /** It comes from within a value of the matrix: a list, or a property of a mapping. */
  readonly nested: boolean;
}

/** The labels of a job's runner, those that the matrix gives among them. What only a run knows is left out. */
export function runnerLabels(job: Job): RunnerLabel[] {
  const runsOn = job.runsOn?.kind === 'map' ? job.runsOn.get('labels') : job.runsOn;
  return written(runsOn).flatMap((node) => resolve(node, job));
}

function written(node: Node | undefined): ScalarNode[] {
  return scalars(node);
}

function resolve(node: ScalarNode, job: Job): RunnerLabel[] {
  if (!node.text.includes('${{')) return [{ text: node.text, node, nested: false }];
  const row = /^\$\{\{\s*matrix\.([\w.-]+)\s*\}\}$/.exec(node.text.trim())?.[1];
  if (row === undefined) return [];
  return matrixValues(job.matrix, row).flatMap((value) =>
    written(value)
      .filter((label) => !label.text.includes('${{'))
      .map((label) => ({ text: label.text, node: label, nested: row.includes('.') || value.kind !== 'scalar' })),
  );
}
