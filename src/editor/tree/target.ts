import type { Artifact, Job, PendingDeployment, Run, Step, Workflow } from '../../core/actions/run.js';
import type { Deployment, Environment, ImageVersion, Release } from '../../core/actions/delivery.js';
import type { Gate } from '../../core/gates/gate.js';

/** What a row of a tree is about: commands that are called from the row get the row, which has it as `target`. */
export type Target =
  | { readonly kind: 'gate'; readonly gate: Gate }
  | { readonly kind: 'workflow'; readonly workflow: Workflow }
  | { readonly kind: 'run'; readonly run: Run; readonly pending: readonly PendingDeployment[] }
  | { readonly kind: 'attempt'; readonly run: Run; readonly attempt: number }
  | { readonly kind: 'job'; readonly run: Run; readonly job: Job }
  | { readonly kind: 'step'; readonly run: Run; readonly job: Job; readonly step: Step }
  | { readonly kind: 'artifact'; readonly run: Run; readonly artifact: Artifact }
  | {
      readonly kind: 'environment';
      readonly environment: Environment;
      /** What is live in it. */
      readonly live: Deployment | null;
    }
  | { readonly kind: 'approval'; readonly run: Run; readonly pending: PendingDeployment }
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'image'; readonly image: ImageVersion };

/** The target of a command's argument of one of these kinds; undefined when it was called without, as from the palette. */
export function targetOf<Kind extends Target['kind']>(
  argument: unknown,
  ...kinds: readonly Kind[]
): Extract<Target, { kind: Kind }> | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const target = ('target' in argument ? argument.target : argument) as Partial<Target> | undefined;
  return target?.kind !== undefined && (kinds as readonly string[]).includes(target.kind)
    ? (target as Extract<Target, { kind: Kind }>)
    : undefined;
}
