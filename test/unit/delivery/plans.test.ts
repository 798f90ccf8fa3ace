import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planPermissions, planPolicy } from '../../../src/core/delivery/actions-policy.js';
import { checksOf, planChecks, rulesetName, type Ruleset } from '../../../src/core/delivery/checks.js';
import { planEnvironment } from '../../../src/core/delivery/environment.js';
import type { EnvironmentNow, EnvironmentWish } from '../../../src/core/delivery/environment.js';
import { limitsOf } from '../../../src/core/delivery/limits.js';
import { cleanSecret, secretNameProblem, secretProblem, secretsReadBy } from '../../../src/core/delivery/secrets.js';

const reviewer = (id: number) => ({ type: 'User' as const, id, name: `user-${id}` });

const environments = fc.record<EnvironmentNow>({
  name: fc.constant('production'),
  reviewers: fc.uniqueArray(fc.nat(8).map(reviewer), { maxLength: 6, selector: ({ id }) => id }),
  preventSelfReview: fc.boolean(),
  waitTimer: fc.nat(60),
  branches: fc.constantFrom('any', 'protected', 'custom'),
  policies: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('v*', 'main', 'release-*', 'hotfix'), type: fc.constantFrom('branch', 'tag') }),
    { selector: ({ name, type }) => `${type} ${name}` },
  ),
});
const wishes = fc.record<EnvironmentWish>(
  {
    name: fc.constant('production'),
    reviewers: fc.uniqueArray(fc.nat(8).map(reviewer), { maxLength: 6, selector: ({ id }) => id }),
    waitTimer: fc.nat(60),
    policies: fc.constantFrom([], [{ name: 'v*', type: 'tag' }], [{ name: 'release-*', type: 'branch' }]),
  },
  { requiredKeys: ['name', 'policies'] },
);

/** What GitHub has after a plan was written: the PUT replaces what it does not name. */
function written(now: EnvironmentNow | null, wish: EnvironmentWish): EnvironmentNow {
  const { put, policies } = planEnvironment(now, wish);
  const before: EnvironmentNow = now ?? {
    name: wish.name,
    reviewers: [],
    preventSelfReview: false,
    waitTimer: 0,
    branches: 'any',
    policies: [],
  };
  const policy = put?.deployment_branch_policy;
  const names = new Map([...before.reviewers, ...(wish.reviewers ?? [])].map((one) => [one.id, one]));
  const after = put
    ? {
        ...before,
        reviewers: (put.reviewers ?? []).map(({ id }) => names.get(id) ?? reviewer(id)),
        preventSelfReview: put.prevent_self_review ?? false,
        waitTimer: put.wait_timer ?? 0,
        branches: policy
          ? policy.custom_branch_policies
            ? ('custom' as const)
            : ('protected' as const)
          : ('any' as const),
      }
    : before;
  assert.ok(policies.length === 0 || after.branches === 'custom', 'GitHub takes patterns only where they count');
  return { ...after, policies: [...after.policies, ...policies] };
}

describe('the plan of an environment', () => {
  it('drops nothing that is set, and adds what is wished for', () => {
    fc.assert(
      fc.property(fc.option(environments), wishes, (found, wish) => {
        const now = found && { ...found, policies: found.branches === 'custom' ? found.policies : [] };
        const after = written(now, wish);
        const { conflicts } = planEnvironment(now, wish);
        for (const one of now?.reviewers ?? []) assert.ok(after.reviewers.some(({ id }) => id === one.id));
        for (const one of now?.policies ?? [])
          assert.deepEqual(
            after.policies.find(({ name, type }) => name === one.name && type === one.type),
            one,
          );
        assert.equal(after.preventSelfReview, now?.preventSelfReview ?? false);
        assert.equal(after.waitTimer, wish.waitTimer ?? now?.waitTimer ?? 0);
        if (now && now.branches !== 'any') assert.equal(after.branches, now.branches);
        const left = conflicts.flatMap((one) => (one.kind === 'manyReviewers' ? one.left : []));
        for (const one of wish.reviewers ?? []) {
          assert.ok(after.reviewers.some(({ id }) => id === one.id) || left.some(({ id }) => id === one.id));
        }
        assert.ok(after.reviewers.length <= 6);
      }),
      { numRuns: 1000 },
    );
  });

  it('has nothing to do once it was written', () => {
    fc.assert(
      fc.property(environments, wishes, (found, wish) => {
        const now = { ...found, policies: found.branches === 'custom' ? found.policies : [] };
        assert.deepEqual(planEnvironment(written(now, wish), wish).changes, []);
      }),
    );
  });

  it('sends only what is set, for plans without protection refuse even the defaults', () => {
    const plan = planEnvironment(null, { name: 'staging', policies: [{ name: 'release-*', type: 'branch' }] });
    assert.deepEqual(plan.put, {
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
    assert.deepEqual(plan.changes, [
      { kind: 'create', what: 'staging' },
      { kind: 'add', what: 'branch', value: 'release-*' },
    ]);
    assert.deepEqual(planEnvironment(null, { name: 'staging', policies: [] }).put, {});
  });

  it('leaves it to people where only protected branches may deploy', () => {
    const now: EnvironmentNow = {
      name: 'production',
      reviewers: [],
      preventSelfReview: false,
      waitTimer: 0,
      branches: 'protected',
      policies: [],
    };
    const missing = [{ name: 'v*', type: 'tag' as const }];
    const { conflicts, put, policies } = planEnvironment(now, { name: 'production', policies: missing });
    assert.deepEqual([conflicts, put, policies], [[{ kind: 'protectedOnly', missing }], null, []]);
  });
});

describe('the plan of the required checks', () => {
  const wish = { checks: ['test-gate', 'security-gate'], appId: 15_368 };
  const ours: Ruleset = {
    id: 5,
    name: rulesetName,
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH', 'refs/heads/next'], exclude: [] } },
    rules: [
      { type: 'deletion' },
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: true,
          required_status_checks: [{ context: 'test-gate' }, { context: 'cla' }],
        },
      },
    ],
    bypass_actors: [{ actor_id: 1, actor_type: 'Team', bypass_mode: 'always' }],
  };

  it('makes a ruleset for the default branch where there is none', () => {
    const { write } = planChecks({ required: [], ours: null }, wish);
    assert.equal(write?.id, null);
    assert.deepEqual(write.body.conditions, { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } });
    assert.deepEqual(checksOf(write.body.rules[0]), [
      { context: 'test-gate', integration_id: 15_368 },
      { context: 'security-gate', integration_id: 15_368 },
    ]);
  });

  it('has nothing to do where another rule asks for them', () => {
    assert.deepEqual(planChecks({ required: ['security-gate', 'test-gate', 'x'], ours: null }, wish), {
      changes: [],
      write: null,
    });
  });

  it('keeps everything that is in our ruleset', () => {
    const { write, changes } = planChecks({ required: ['test-gate', 'cla'], ours }, wish);
    assert.deepEqual(changes, [{ kind: 'add', what: 'check', value: 'security-gate' }]);
    assert.equal(write?.id, 5);
    const { body } = write;
    assert.deepEqual(
      [body.conditions, body.bypass_actors, body.rules[0]],
      [ours.conditions, ours.bypass_actors, ours.rules[0]],
    );
    assert.equal(body.rules[1]?.parameters?.['strict_required_status_checks_policy'], true);
    assert.deepEqual(
      checksOf(body.rules[1]).map(({ context }) => context),
      ['test-gate', 'cla', 'security-gate'],
    );
  });

  it('says that it switches the ruleset on', () => {
    const { changes } = planChecks({ required: [], ours: { ...ours, enforcement: 'disabled' } }, wish);
    assert.deepEqual(changes[0], { kind: 'set', what: 'enforcement', from: 'disabled', to: 'active' });
  });
});

describe('the plan of what actions may do', () => {
  const uses = ['actions/checkout', 'github/codeql-action', 'taiki-e/install-action'];

  it('asks for pinned actions and keeps what is allowed', () => {
    const now = { enabled: true, allowed: 'all', shaPinning: false, selected: null } as const;
    assert.deepEqual(planPolicy(now, uses).policy, {
      enabled: true,
      allowed_actions: 'all',
      sha_pinning_required: true,
    });
  });

  it('lets the actions of the pipeline in, besides those that are', () => {
    const selected = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['acme/*'] };
    const now = { enabled: true, allowed: 'selected', shaPinning: true, selected } as const;
    assert.deepEqual(planPolicy(now, uses).selected, {
      ...selected,
      patterns_allowed: ['acme/*', 'taiki-e/install-action@*'],
    });
    assert.equal(
      planPolicy({ ...now, selected: { ...selected, patterns_allowed: ['TAIKI-E/*'] } }, uses).selected,
      null,
    );
  });

  it('leaves it to people where only own actions are allowed, or the host cannot ask for pins', () => {
    const now = { enabled: true, allowed: 'local_only', shaPinning: null, selected: null } as const;
    const { policy, conflicts } = planPolicy(now, uses);
    assert.equal(policy, null);
    assert.deepEqual(
      conflicts.map(({ kind }) => kind),
      ['noPinning', 'localOnly'],
    );
  });

  it('takes writing from workflows that do not ask for it, and nothing else', () => {
    const now = { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true } as const;
    assert.deepEqual(planPermissions(now).body, { ...now, default_workflow_permissions: 'read' });
    assert.equal(planPermissions({ ...now, default_workflow_permissions: 'read' }).body, null);
  });
});

describe('what a plan allows', () => {
  const own = { private: true, ownedByOrganization: false, enterprise: false };
  it('is said before it is tried', () => {
    assert.deepEqual(limitsOf({ ...own, plan: 'free' }), { environments: false, reviewers: false, rulesets: false });
    assert.deepEqual(limitsOf({ ...own, plan: 'pro' }), { environments: true, reviewers: false, rulesets: true });
    assert.deepEqual(limitsOf({ ...own, plan: null }), { environments: null, reviewers: null, rulesets: null });
    for (const free of [
      { ...own, private: false },
      { ...own, enterprise: true },
    ]) {
      assert.deepEqual(limitsOf({ ...free, plan: null }), { environments: true, reviewers: true, rulesets: true });
    }
  });
});

describe('a secret', () => {
  it('is checked for what is obviously wrong', () => {
    assert.equal(secretProblem('CODECOV_TOKEN', '  '), 'empty');
    assert.equal(secretProblem('CODECOV_TOKEN', 'two words'), 'spaces');
    assert.equal(secretProblem('SLACK_WEBHOOK_URL', 'hooks.slack.com/x'), 'notAWebhook');
    assert.equal(secretProblem('KEY', 'x'.repeat(49 * 1024)), 'long');
    assert.equal(secretProblem('KEY', 'several\nlines'), null);
    assert.equal(cleanSecret('CODECOV_TOKEN', ' t\n'), 't');
    assert.equal(cleanSecret('KEY', ' t\n'), ' t\n');
    assert.deepEqual(['A_1', '1A', 'github_x'].map(secretNameProblem), [null, 'form', 'reserved']);
  });

  it('is known by the workflows that read it', () => {
    const text = [
      'env:',
      "  A: ${{ secrets.SIGNING_KEY }}-${{ secrets[ 'other' ] }}",
      '  B: ${{ secrets.GITHUB_TOKEN }}',
      '  # C: ${{ secrets.OLD }}',
      '  D: ${{ mysecrets.NONE }}',
    ].join('\n');
    assert.deepEqual(secretsReadBy([text, 'x: ${{ secrets.signing_key }}']), ['OTHER', 'SIGNING_KEY']);
  });
});
