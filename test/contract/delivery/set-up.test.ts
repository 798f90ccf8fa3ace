import assert from 'node:assert/strict';
import { planPermissions, planPolicy } from '../../../src/core/delivery/actions-policy.js';
import { planChecks } from '../../../src/core/delivery/checks.js';
import { planEnvironment } from '../../../src/core/delivery/environment.js';
import { itemsOf, wishOf, type DeliveryNow, type Item } from '../../../src/core/delivery/items.js';
import { defaultOptions } from '../../../src/core/pipeline/options.js';
import { getRepository } from '../../../src/github/api/repository.js';
import type { GitHub } from '../../../src/github/client.js';
import { readEnvironment } from '../../../src/github/environments.js';
import { GitHubError } from '../../../src/github/problem.js';
import { listReviewers } from '../../../src/github/set-up/people.js';
import {
  readChecks,
  readDelivery,
  readDependabot,
  readPermissions,
  readPolicy,
} from '../../../src/github/set-up/read.js';
import { seal } from '../../../src/github/set-up/seal.js';
import { setSecret } from '../../../src/github/set-up/secrets.js';
import {
  switchDependabotOn,
  writeChecks,
  writeEnvironment,
  writePermissions,
  writePolicy,
} from '../../../src/github/set-up/write.js';
import type { Fault } from '../../github/github.js';
import { here } from '../github/stand-in.js';
import { startPlace, type Place } from './place.js';
import { cutEverywhere, type Tally, type Violations } from './trials.js';

const wish = wishOf(defaultOptions, ['actions/checkout', 'taiki-e/install-action'], 15_368);
const secret = 'https://hooks.slack.example/services/T0/B0/very-secret-0123456789';

async function read(github: GitHub): Promise<{ now: DeliveryNow; items: readonly Item[] }> {
  const now = await readDelivery(github, await getRepository(github, here), wish);
  return { now, items: itemsOf(now, wish) };
}

const stateOf = (items: readonly Item[], id: string) => items.find((item) => item.id === id)?.state;

/** What the buttons of the checklist do, by item. */
const operations: Readonly<Record<string, (github: GitHub) => Promise<void>>> = {
  'environment:production': async (github) => {
    const [reviewer] = await listReviewers(github, await getRepository(github, here));
    const current = await readEnvironment(github, here, 'production');
    const wanted = wish.environments.find(({ name }) => name === 'production');
    assert.ok(reviewer && wanted);
    const plan = planEnvironment(current, { ...wanted, reviewers: [reviewer], waitTimer: 5 });
    await writeEnvironment(github, here, 'production', plan);
  },
  checks: async (github) => {
    await writeChecks(github, here, planChecks(await readChecks(github, here, 'main'), wish));
  },
  permissions: async (github) => {
    await writePermissions(github, here, planPermissions(await readPermissions(github, here)));
  },
  policy: async (github) => {
    await writePolicy(github, here, planPolicy(await readPolicy(github, here), wish.uses));
  },
  'secret:SLACK_WEBHOOK_URL': async (github) => {
    await setSecret(github, here, { environment: null, name: 'SLACK_WEBHOOK_URL' }, secret, seal);
  },
  dependabot: async (github) => {
    await switchDependabotOn(github, here, await readDependabot(github, here));
  },
};

/** A repository in which somebody has set things that must stay. */
async function startUsed(): Promise<Place> {
  const place = await startPlace({}, ['otto']);
  const { state } = place;
  const production = state.deliveries.environment('production');
  assert.ok(production);
  production.preventSelfReview = true;
  production.waitTimer = 3;
  production.branchPolicy = { protected_branches: false, custom_branch_policies: true };
  production.policies.push({ id: 1, name: 'hotfix/*', type: 'branch' });
  state.rules.add({
    name: 'Signed',
    target: 'branch',
    enforcement: 'active',
    rules: [{ type: 'required_signatures' }],
  });
  state.actions.defaultPermissions = 'write';
  state.actions.mayApprove = true;
  state.actions.allowed = 'selected';
  state.actions.selected = { github_owned_allowed: true, verified_allowed: true, patterns_allowed: ['acme/*'] };
  state.commit({ message: 'Dependabot', files: { '.github/dependabot.yml': 'version: 2\n' } });
  return place;
}

/** What others had set and is gone. */
function dropped(place: Place): Violations {
  const { state } = place;
  const production = state.deliveries.environment('production');
  const kept: Readonly<Record<string, boolean>> = {
    'the reviewer otto':
      production?.reviewers.some(({ reviewer }) => 'login' in reviewer && reviewer.login === 'otto') ?? false,
    'nobody approves their own': production?.preventSelfReview ?? false,
    'the wait timer': (production?.waitTimer ?? 0) >= 3,
    'only patterns may deploy': production?.branchPolicy?.custom_branch_policies ?? false,
    'the pattern hotfix/*': production?.policies.some(({ name }) => name === 'hotfix/*') ?? false,
    'the ruleset Signed': state.rules.rulesets.some(({ name, rules }) => name === 'Signed' && rules.length === 1),
    'that workflows may approve': state.actions.mayApprove,
    'the allowed actions':
      state.actions.selected.patterns_allowed.includes('acme/*') && state.actions.selected.verified_allowed,
  };
  return Object.entries(kept).flatMap(([what, is]) => (is ? [] : [`${what} is gone`]));
}

describe('the checklist at the stand-in', () => {
  let place: Place;
  beforeEach(async () => {
    place = await startUsed();
  });
  afterEach(async () => {
    const violations = place.double.violations.map(({ message, path }) => `${path}: ${message}`);
    await place.stop();
    assert.deepEqual(violations, []);
  });

  it('tells what is to be done, does it, and drops nothing that others have set', async () => {
    const github = place.client();
    const before = (await read(github)).items;
    for (const id of Object.keys(operations)) assert.notEqual(stateOf(before, id), 'done', id);
    for (const operate of Object.values(operations)) await operate(github);
    const after = (await read(github)).items;
    for (const id of Object.keys(operations)) assert.equal(stateOf(after, id), 'done', id);
    assert.deepEqual(dropped(place), []);
    assert.equal(place.state.settings.secrets.get('SLACK_WEBHOOK_URL')?.value, secret);
    assert.equal(place.state.actions.shaPinning, true);
    assert.ok(place.state.actions.selected.patterns_allowed.includes('taiki-e/install-action@*'));
  }).timeout(60_000);

  it('seals what has several lines, for a repository and for an environment', async () => {
    const lines = '-----BEGIN KEY-----\nabc äöü\n-----END KEY-----\n';
    const github = place.client();
    await setSecret(github, here, { environment: 'production', name: 'KEY' }, lines, seal);
    assert.equal(place.state.settingsOf('production').secrets.get('KEY')?.value, lines);
    assert.equal(JSON.stringify(place.double.requests).includes('BEGIN KEY'), false);
  });

  it('knows the secrets of an organization, and those that other workflows read, wherever they are set', async () => {
    const github = place.client();
    const owned = { ...(await getRepository(github, here)), ownedByOrganization: true };
    const wider = wishOf(defaultOptions, [], null, ['CODECOV_TOKEN', 'SIGNING_KEY']);
    const states = async () => {
      const items = itemsOf(await readDelivery(github, owned, wider), wider);
      return ['CODECOV_TOKEN', 'SIGNING_KEY'].map((name) => stateOf(items, `secret:${name}`));
    };
    assert.deepEqual(await states(), ['optional', 'optional']);
    const given = { name: 'CODECOV_TOKEN', value: 'x', createdAt: place.double.now, updatedAt: place.double.now };
    place.state.organizationSettings.secrets.set(given.name, given);
    const key = '-----BEGIN KEY-----\nabc\n-----END KEY-----\n';
    await setSecret(github, here, { environment: 'production', name: 'SIGNING_KEY' }, key, seal);
    assert.deepEqual(await states(), ['done', 'done']);
  });

  it('says what the plan lacks before it is tried', async () => {
    await place.stop();
    place = await startPlace();
    Object.assign(place.state, { private: true, protectionRules: false });
    const github = place.client();
    const now = await readDelivery(github, await getRepository(github, here), wish);
    const poor = { ...now, limits: { environments: false, reviewers: false, rulesets: false } };
    const items = itemsOf(poor, wish);
    assert.equal(stateOf(items, 'environment:production'), 'impossible');
    assert.equal(stateOf(items, 'plan'), 'attention');
    assert.equal(stateOf(items, 'checks'), 'impossible');
    // A patterns-only environment can be made all the same where the plan has environments, because nothing else is sent.
    const staging = wish.environments.find(({ name }) => name === 'staging');
    assert.ok(staging);
    await writeEnvironment(github, here, 'staging', planEnvironment(null, staging));
    assert.equal(place.state.deliveries.environment('staging')?.policies[0]?.name, 'release-*');
  });

  it('shows what it may not read as not known', async () => {
    Object.assign(place, { token: place.double.token({ user: 'ella', scopes: ['repo'] }) });
    const { items } = await read(place.client());
    assert.equal(stateOf(items, 'permissions'), 'unknown');
    assert.notEqual(stateOf(items, 'checks'), 'done');
    assert.equal(
      items.filter(({ state }) => state === 'done').every(({ id }) => ['plan', 'package'].includes(id)),
      true,
    );
  });
});

describe('an item of the checklist that is cut at every request', function () {
  this.timeout(600_000);
  const total: Tally = { tried: 0, violations: [] };

  for (const [id, operate] of Object.entries(operations)) {
    it(`${id} is never told to be set up when it is not, drops nothing, and can be repeated`, async () => {
      const whole = await startUsed();
      let requests = 0;
      await operate(whole.client((request) => (requests = request)));
      await whole.stop();
      const { tried, violations } = await cutEverywhere(requests, (at, fault) => trial(id, operate, at, fault), 8);
      total.tried += tried;
      total.violations.push(...violations);
      assert.deepEqual(violations, []);
    });
  }

  after(() => {
    console.log(`      set-up: ${total.tried} faults tried, ${total.violations.length} violations`);
  });
});

async function trial(
  id: string,
  operate: (github: GitHub) => Promise<void>,
  at: number,
  fault: Fault,
): Promise<Violations> {
  const place = await startUsed();
  try {
    const github = place.client((request) => {
      if (request === at) place.double.fault('*', fault);
    });
    const errors: unknown[] = [];
    await operate(github).catch((error: unknown) => errors.push(error));
    place.double.clearFaults();
    const wrong: Violations = errors
      .filter((error) => !(error instanceof GitHubError))
      .map((error) => `not told: ${String(error)}`);
    // What is shown after the fault is what there is.
    const shown = stateOf((await read(place.client())).items, id);
    if ((shown === 'done') !== isDone(place, id)) wrong.push(`it is shown as ${String(shown)}, which it is not`);
    wrong.push(...dropped(place));
    // Repeated, it is done.
    await operate(place.client());
    if (stateOf((await read(place.client())).items, id) !== 'done' || !isDone(place, id))
      wrong.push('repeated, it is not done');
    wrong.push(...dropped(place).map((one) => `repeated: ${one}`));
    if (id === 'checks' && place.state.rules.rulesets.length !== 2) wrong.push('there is a second ruleset');
    const said = JSON.stringify([place.logged, errors.map((error) => [String(error), error]), place.double.requests]);
    if (said.includes(secret)) wrong.push('the secret stands in a message or a request');
    if (JSON.stringify([place.logged, errors.map(String)]).includes(place.token))
      wrong.push('the token stands in a message');
    return wrong;
  } finally {
    await place.stop();
  }
}

/** Whether it is so, as the stand-in knows. */
function isDone({ state }: Place, id: string): boolean {
  const production = state.deliveries.environment('production');
  switch (id) {
    case 'environment:production':
      return ['v*', 'main'].every((wanted) => production?.policies.some(({ name }) => name === wanted));
    case 'checks':
      return state.rules.rulesets.some(({ name }) => name === 'Rust CI');
    case 'permissions':
      return state.actions.defaultPermissions === 'read';
    case 'policy':
      return state.actions.shaPinning && state.actions.selected.patterns_allowed.length === 2;
    case 'dependabot':
      return state.vulnerabilityAlerts && state.automatedFixes;
    default:
      return state.settings.secrets.get('SLACK_WEBHOOK_URL')?.value === secret;
  }
}
