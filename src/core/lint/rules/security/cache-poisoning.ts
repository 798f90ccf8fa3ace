import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { Step, Workflow } from '../../model/workflow';
import { scalars } from '../../yaml/node';
import type { Node } from '../../yaml/node';
import { takesInput } from '../correctness/known-inputs';
import { actionName } from './all-uses';
import { workflowOf } from '../examples';

/** How an action is told whether to use its cache. */
interface CacheSwitch {
  /** The input that decides, and the value that switches the cache off; absent where nothing does. */
  readonly input?: string;
  readonly off?: string;
  /** The cache is used unless the input says otherwise. */
  readonly byDefault: boolean;
  /** Further inputs that switch the cache on when they are set. */
  readonly on?: readonly string[];
}

const optOut = (input: string, off: string): CacheSwitch => ({ input, off, byDefault: true });
const optIn = (input: string): CacheSwitch => ({ input, off: 'false', byDefault: false });
const always: CacheSwitch = { byDefault: true };

/** Keeps a chosen version of Buildx itself in the cache. */
const buildx: CacheSwitch = { ...optOut('cache-binary', 'false'), on: ['version'] };

const caches: Readonly<Record<string, CacheSwitch>> = {
  'actions/cache': optOut('lookup-only', 'true'),
  'swatinem/rust-cache': optOut('lookup-only', 'true'),
  'actions/setup-java': optIn('cache'),
  'actions/setup-go': optOut('cache', 'false'),
  'actions/setup-node': { ...optOut('package-manager-cache', 'false'), on: ['cache'] },
  'actions/setup-python': optIn('cache'),
  'actions/setup-dotnet': optIn('cache'),
  'astral-sh/setup-uv': optOut('enable-cache', 'false'),
  'ruby/setup-ruby': optIn('bundler-cache'),
  'pyo3/maturin-action': optIn('sccache'),
  'mlugg/setup-zig': optOut('use-cache', 'false'),
  'oven-sh/setup-bun': optOut('no-cache', 'true'),
  'determinatesystems/magic-nix-cache-action': optOut('use-gha-cache', 'false'),
  'graalvm/setup-graalvm': optIn('cache'),
  'gradle/actions/setup-gradle': optOut('cache-disabled', 'true'),
  'actions-rust-lang/setup-rust-toolchain': optOut('cache', 'false'),
  'jdx/mise-action': optOut('cache', 'false'),
  'ramsey/composer-install': optOut('ignore-cache', 'true'),
  'docker/setup-buildx-action': buildx,
  'mozilla-actions/sccache-action': always,
  'nix-community/cache-nix-action': always,
  'awalsh128/cache-apt-pkgs-action': always,
};

/** Actions that publish what was built. */
const publishers = new Set(
  `pypa/gh-action-pypi-publish rubygems/release-gem jreleaser/release-action goreleaser/goreleaser-action
  softprops/action-gh-release release-drafter/release-drafter googleapis/release-please-action docker/build-push-action
  redhat-actions/push-to-registry aws-actions/amazon-ecs-deploy-task-definition
  aws-actions/aws-cloudformation-github-deploy azure/container-apps-deploy-action azure/functions-action
  cloudflare/wrangler-action google-github-actions/deploy-appengine google-github-actions/deploy-cloudrun
  google-github-actions/deploy-cloud-functions`.split(/\s+/),
);

export const cachePoisoning = rule({
  code: 'cache-poisoning',
  category: 'security',
  title: 'What is released comes out of a cache',
  severity: 'warning',
  description:
    'A cache is written by other runs, and whoever gets code to run on the default branch can put a changed build product into it, which then ends up in your release. Build releases without a cache. With rust-cache and actions/cache, `lookup-only: true` keeps the step and restores nothing.',
  bad: [
    workflowOf('- uses: Swatinem/rust-cache@v2\n- run: cargo build --release', { on: '\n  push:\n    tags: [v*]' }),
    workflowOf('- uses: actions-rust-lang/setup-rust-toolchain@v1\n- uses: softprops/action-gh-release@v3'),
  ],
  good: [
    workflowOf('- uses: Swatinem/rust-cache@v2\n- run: cargo test'),
    workflowOf('- uses: Swatinem/rust-cache@v2\n  with:\n    lookup-only: true', { on: 'release' }),
  ],
  links: ['https://adnanthekhan.com/2024/05/06/the-monsters-in-your-build-cache-github-actions-cache-poisoning/'],
  source: 'zizmor: cache-poisoning',
  check: (context) => {
    const { workflow, jobs } = context;
    if (workflow === undefined) return;
    const releases = releaseTrigger(workflow);
    for (const { steps } of jobs) {
      const publisher = steps.find(publishes);
      const why = releases ? workflow.onEntry : publisher?.uses?.node;
      if (why === undefined) continue;
      const message = releases ? 'This is a trigger of releases.' : 'This step publishes.';
      for (const step of steps) checkStep(context, step, { start: why.start, end: why.end, message });
    }
  },
});

function checkStep(
  { edit, report }: RuleContext,
  step: Step,
  why: { start: number; end: number; message: string },
): void {
  const { uses } = step;
  const known = uses?.kind === 'action' ? caches[actionName(uses)] : undefined;
  const entry = step.node.entry('uses');
  if (uses === undefined || known === undefined || entry === undefined) return;
  const { input, off = 'false' } = known;
  const value = input === undefined ? undefined : step.with?.scalar(input)?.text;
  const switchedOn = known.on?.some((name) => (step.with?.scalar(name)?.text ?? '') !== '') === true;
  const byDefault =
    known.byDefault && !(uses.slug === 'astral-sh/setup-uv' && withoutDefaultCache(uses.version ?? uses.ref));
  if (known === buildx && (!switchedOn || value === 'false')) return;
  if (!switchedOn && (value === undefined ? !byDefault : isOff(value, off))) return;
  const set = input === undefined ? undefined : step.with?.entry(input);
  const change =
    input === undefined || !takesInput(step, input)
      ? undefined
      : set === undefined
        ? edit.addNested(step.node, 'with', input, off, { after: 'uses' })
        : known.byDefault
          ? edit.setValue(set, off)
          : step.with !== undefined && step.with.entries.length > 1
            ? edit.removeEntry(step.with, set)
            : edit.setValue(set, 'false');
  const conditional = value?.includes('${{') === true;
  report(
    { start: entry.start, end: entry.end },
    `${uses.owner}/${uses.repo} restores a cache into what is published.`,
    {
      related: [why],
      fixes:
        change === undefined ||
        (switchedOn && known !== buildx) ||
        (!known.byDefault && uses.slug === 'actions/setup-python')
          ? removals()
          : [conditional ? edit.unsafeFix('Do not use the cache', change) : edit.fix('Do not use the cache', change)],
    },
  );

  function removals() {
    const cache = known?.on?.[0] ?? input;
    const found = cache === undefined ? undefined : step.with?.entry(cache);
    if (found === undefined || step.with === undefined) return [];
    // Without the input it would cache by default.
    if (known?.byDefault === true && input !== undefined)
      return set === undefined && takesInput(step, input)
        ? [edit.unsafeFix('Do not use the cache', edit.replace(found, `${input}: ${off}`))]
        : [];
    return [
      edit.unsafeFix(
        'Do not use the cache',
        step.with.entries.length > 1
          ? edit.removeEntry(step.with, found)
          : edit.removeEntry(step.node, step.node.entry('with') ?? found),
      ),
    ];
  }
}

function isOff(value: string, off: string): boolean {
  const text = value.trim().toLowerCase();
  if (off === 'true') return text === 'true' || text === 'yes' || text === '1' || isConstantCondition(text);
  return text === 'false' || text === '' || isConstantCondition(text, true);
}

/** True when the run is for a tag; `negated`: false then. */
function isConstantCondition(text: string, negated = false): boolean {
  if (negated)
    return /^\$\{\{\s*(?:!\s*startswith\(\s*github\.ref\s*,\s*'refs\/tags\/.*'\s*\)|github\.ref_type\s*!=\s*'tag')\s*\}\}$/.test(
      text,
    );
  return /^\$\{\{\s*(?:startswith\(\s*github\.ref\s*,\s*'refs\/tags\/.*'\s*\)|.*github\.ref_type\s*==\s*'tag')\s*\}\}$/.test(
    text,
  );
}

/** setup-uv stopped to cache by default with v10. */
function withoutDefaultCache(ref: string): boolean {
  const major = /^v?(\d+)(?:\.\d+)*$/.exec(ref)?.[1];
  return major !== undefined && Number(major) >= 10;
}

function publishes(step: Step): boolean {
  if (step.uses?.kind !== 'action' || !publishers.has(actionName(step.uses))) return false;
  return step.uses.slug !== 'docker/build-push-action' || step.with?.scalar('push')?.text !== 'false';
}

/** The workflow starts with a release, a tag, or a push to a release branch. */
function releaseTrigger(workflow: Workflow): boolean {
  return workflow.triggers.some(({ event, config }) => {
    if (event === 'release') return true;
    if (event !== 'push' || config?.kind !== 'map') return false;
    if (isFilter(config.get('tags')) || isFilter(config.get('tags-ignore'))) return true;
    return scalars(config.get('branches')).some(({ text }) => text.toLowerCase().includes('release'));
  });
}

function isFilter(node: Node | undefined): boolean {
  return node !== undefined && !(node.kind === 'scalar' && node.isNull);
}
