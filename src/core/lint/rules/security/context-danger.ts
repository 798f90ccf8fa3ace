import type { RuleContext } from '../../rule';
import type { Place } from '../../analysis';
import { accessPath } from '../../expression/ast';
import type { Expr } from '../../expression/ast';
import type { MapNode } from '../../yaml/node';
import { matrixValues } from './matrix-values';

/**
 * What somebody from outside can make of a value: `arbitrary` text; `derived` from such text, maybe; `unknown`;
 * `fixed` where it can be nothing that harms a script.
 */
export type Danger = 'arbitrary' | 'derived' | 'unknown' | 'fixed';

const order: readonly Danger[] = ['fixed', 'unknown', 'derived', 'arbitrary'];

export function worse(a: Danger, b: Danger): Danger {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The accesses whose values an expression's result is made of. */
export function sourcesOf(node: Expr): Expr[] {
  switch (node.kind) {
    case 'literal':
    case 'not':
    case 'compare':
      return [];
    case 'context':
    case 'property':
    case 'index':
    case 'star':
      return [node];
    case 'logical': {
      const last = node.args.at(-1);
      // `a && b` is b, or something that counts as false.
      return node.operator === '||' ? node.args.flatMap(sourcesOf) : last === undefined ? [] : sourcesOf(last);
    }
    case 'call':
      return /^(?:tojson|format|join|case)$/i.test(node.name) ? node.args.flatMap(sourcesOf) : [];
  }
}

type Context = Pick<RuleContext, 'workflow' | 'action'>;

export function dangerOf(node: Expr, place: Place, context: Context): Danger {
  const path = accessPath(node);
  if (path === undefined) return 'unknown';
  const [root, name] = path;
  const last = path.at(-1) ?? '';
  switch (root) {
    case 'secrets':
      return 'fixed';
    case 'github':
      return dangerOfGithub(path);
    case 'matrix':
      return dangerOfMatrix(node, place);
    case 'inputs':
      return path.length === 2 && name !== undefined ? dangerOfInput(name, context) : 'unknown';
    case 'env':
      return dangerOfEnv(name, place, context);
    case 'runner':
      return /^(?:os|arch|temp|tool_cache|debug)$/.test(last) && path.length === 2 ? 'fixed' : 'unknown';
    case 'steps':
      return path.length === 3 && (last === 'outcome' || last === 'conclusion') ? 'fixed' : 'unknown';
    case 'needs':
      return path.length === 3 && last === 'result' ? 'fixed' : 'unknown';
    case undefined:
    default:
      return 'unknown';
  }
}

const fixedInGithub = new Set(
  `action_path event_name job repository repository_id repository_owner repository_owner_id repositoryurl run_id
  run_number run_attempt server_url sha token triggering_actor workspace`.split(/\s+/),
);

/** Numbers, truth values, words of a fixed list, and the hashes of pull requests. */
const fixedLeaf =
  /^(?:id|number|locked|draft|merged|mergeable|rebaseable|comments|review_comments|additions|deletions|changed_files|maintainer_can_modify|author_association|private|fork|archived|prerelease|size|created|deleted|forced|distinct|before|after|ref_type|timestamp|position|line|status|conclusion|run_number|run_attempt|workflow_id|check_suite_id|base_sha|submitted_at|published_at|state|\w+_count)$/;
/** Not under the control of the sender, or of a form that fits no command: hashes, times, addresses of GitHub. */
const formedLeaf =
  /^(?:\w*sha|\w+_at|node_id|type|visibility|state_reason|tree_id|commit_id|(?:html|diff|patch|clone|ssh|git|svn|issue|artifacts|logs|jobs|commits|comments|statuses|review_comments|assets|tarball|zipball)_url)$/;

function dangerOfGithub(path: readonly string[]): Danger {
  const [, name = '', object = ''] = path;
  if (name !== 'event') return path.length === 2 && fixedInGithub.has(name) ? 'fixed' : 'arbitrary';
  const last = path.at(-1) ?? '';
  if (path.length < 3 || object === 'inputs' || object === 'client_payload') return 'arbitrary';
  if (object === 'pull_request') {
    if (last === 'commits' && path.length === 4) return 'fixed';
    if (last === 'sha' && path.length === 5) return 'fixed';
  }
  if (object === 'repository' || object === 'release') if (/^(?:created|updated|pushed)_at$/.test(last)) return 'fixed';
  if (path.join('.') === 'github.event.workflow_run.created_at') return 'fixed';
  const isCommit = object === 'head_commit' || object === 'commits' || path[3] === 'head_commit';
  const graded = (object === 'review' || object === 'deployment_status') && last === 'state';
  if (isCommit && last === 'id' && object !== 'workflow_run') return 'unknown';
  if (fixedLeaf.test(last) && !graded && !(object === 'build' || object === 'alert')) return 'fixed';
  return formedLeaf.test(last) ? 'unknown' : 'arbitrary';
}

function dangerOfMatrix(node: Expr, place: Place): Danger {
  if (place.job?.matrix?.kind === 'scalar') return 'derived';
  const values = matrixValues(place.job, node) ?? [];
  return values.some(isComputed) ? 'derived' : 'fixed';
}

function isComputed(node: { kind: string; text?: string; items?: readonly unknown[] }): boolean {
  return node.kind === 'scalar' && node.text?.includes('${{') === true;
}

function dangerOfInput(name: string, { workflow, action }: Context): Danger {
  if (action !== undefined) return action.inputs.has(name) ? 'arbitrary' : 'unknown';
  let found: Danger | undefined;
  for (const { event, config } of workflow?.triggers ?? []) {
    if (event !== 'workflow_dispatch' && event !== 'workflow_call') continue;
    const input = config?.kind === 'map' ? entryOf(config.map('inputs'), name) : undefined;
    if (input === undefined) continue;
    const type = input.kind === 'map' ? input.scalar('type')?.text : undefined;
    found = worse(
      found ?? 'fixed',
      type === 'choice' || type === 'boolean' || type === 'number' ? 'fixed' : 'arbitrary',
    );
  }
  return found ?? 'unknown';
}

function entryOf(map: MapNode | undefined, name: string) {
  return map?.entries.find(({ key }) => key.text.toLowerCase() === name)?.value;
}

function dangerOfEnv(name: string | undefined, { step, job }: Place, { workflow }: Context): Danger {
  if (name === undefined) return 'unknown';
  for (const env of [step?.env, job?.env, workflow?.env]) {
    const value = entryOf(env, name);
    if (value !== undefined) return value.kind === 'scalar' && !value.text.includes('${{') ? 'fixed' : 'unknown';
  }
  return /^(?:github|runner)_/.test(name) ? 'fixed' : 'unknown';
}
