import type { Run } from '../actions/run.js';
import type { Candidate } from './candidates.js';
import type { Live } from './live.js';

/** What stands in the way of any rollback. Each has another remedy. */
export type Hindrance =
  | { readonly kind: 'noWorkflow' }
  | { readonly kind: 'workflowDisabled' }
  /** rollback.yml on the default branch lacks inputs. */
  | { readonly kind: 'oldWorkflow'; readonly missing: readonly string[] }
  /** `role`: what the person is for the repository, as GitHub names it. */
  | { readonly kind: 'noRole'; readonly role: string | null }
  /** The environment lets nothing from the branch in that rollback.yml runs on: the run would fail at once. */
  | { readonly kind: 'notAdmitted'; readonly branch: string }
  /** There is no image at all, as far as one may see. */
  | { readonly kind: 'noImage' }
  | { readonly kind: 'noCandidates' }
  /** Another run moves `latest` right now. */
  | { readonly kind: 'busy'; readonly run: Run };

export interface Circumstances {
  /** rollback.yml, with the inputs that it lacks. */
  readonly workflow: { readonly enabled: boolean; readonly missing: readonly string[] } | null;
  /** Whether GitHub lets the person start workflows; null when it does not tell. */
  readonly mayWrite: boolean | null;
  readonly role: string | null;
  /** Runs of container.yml and rollback.yml that have not ended. */
  readonly underWay: readonly Run[];
  /** The default branch, where the environment does not let it in. */
  readonly refused: string | null;
  /** Images in all, and those one could go back to. */
  readonly images: number;
  readonly usable: number;
}

/** The first thing that stands in the way; null for nothing. */
export function hindrance({
  workflow,
  mayWrite,
  role,
  underWay,
  refused,
  images,
  usable,
}: Circumstances): Hindrance | null {
  if (!workflow) return { kind: 'noWorkflow' };
  if (!workflow.enabled) return { kind: 'workflowDisabled' };
  const { missing } = workflow;
  if (missing.length > 0) return { kind: 'oldWorkflow', missing };
  if (mayWrite === false) return { kind: 'noRole', role };
  const [run] = underWay;
  if (run) return { kind: 'busy', run };
  if (images === 0) return { kind: 'noImage' };
  if (usable === 0) return { kind: 'noCandidates' };
  return refused === null ? null : { kind: 'notAdmitted', branch: refused };
}

/** What a person should know before they choose a version. None of it forbids. */
export type Caution =
  | { readonly kind: 'knownBad'; readonly reason: string }
  | { readonly kind: 'gatesFailed' }
  | { readonly kind: 'prerelease' }
  | { readonly kind: 'neverLive' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'fewerPlatforms'; readonly lost: readonly string[] };

export function cautions(candidate: Candidate, live: Live | null, livePlatforms: readonly string[] | null): Caution[] {
  const found: Caution[] = [];
  if (candidate.bad) found.push({ kind: 'knownBad', reason: candidate.bad.reason });
  if (candidate.gates === 'failed') found.push({ kind: 'gatesFailed' });
  if (candidate.prerelease) found.push({ kind: 'prerelease' });
  else if (candidate.wasLive === false) found.push({ kind: 'neverLive' });
  if (live && candidate.newer) found.push({ kind: 'newer' });
  const lost = (livePlatforms ?? []).filter((one) => candidate.platforms && !candidate.platforms.includes(one));
  if (lost.length > 0) found.push({ kind: 'fewerPlatforms', lost });
  return found;
}
