import { timestamp } from '../duration.js';
import { ApiError, noContent, notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { counted } from '../http/paging.js';
import { textOf, type JsonObject } from '../json.js';
import type { Secret, Settings } from '../state/secret.js';

export const settings: Handlers = {
  'actions/list-repo-secrets': (call) => listSecrets(call, call.repository.settings),
  'actions/list-repo-organization-secrets': (call) => listSecrets(call, call.repository.organizationSettings),
  'actions/get-repo-secret': (call) => ok(shownSecret(secretOf(call, call.repository.settings))),
  'actions/get-repo-public-key': ({ repository }) => ok(publicKey(repository.settings)),
  'actions/create-or-update-repo-secret': (call) => setSecret(call, call.repository.settings),
  'actions/delete-repo-secret': (call) => removeSecret(call, call.repository.settings),
  'actions/list-environment-secrets': (call) => listSecrets(call, environmentSettings(call)),
  'actions/get-environment-secret': (call) => ok(shownSecret(secretOf(call, environmentSettings(call)))),
  'actions/get-environment-public-key': (call) => ok(publicKey(environmentSettings(call))),
  'actions/create-or-update-environment-secret': (call) => setSecret(call, environmentSettings(call)),
  'actions/delete-environment-secret': (call) => removeSecret(call, environmentSettings(call)),
  'actions/list-repo-variables': (call) =>
    counted(call, 'variables', [...call.repository.settings.variables.keys()].sort(), (name) =>
      shownVariable(call, name),
    ),
  'actions/get-repo-variable': (call) => ok(shownVariable(call, call.params['name'] ?? '')),
  'actions/create-repo-variable': (call) => {
    const { variables } = call.repository.settings;
    const name = (textOf(call.body['name']) ?? '').toUpperCase();
    if (variables.has(name)) throw new ApiError(409, 'Already exists - Variable already exists');
    const { now } = call.world.clock;
    variables.set(name, { value: textOf(call.body['value']) ?? '', createdAt: now, updatedAt: now });
    return { status: 201, body: {} };
  },
  'actions/update-repo-variable': (call) => {
    const variable = call.repository.settings.variables.get(call.params['name'] ?? '');
    if (variable === undefined) throw notFound();
    variable.value = textOf(call.body['value']) ?? variable.value;
    variable.updatedAt = call.world.clock.now;
    return noContent;
  },
  'actions/delete-repo-variable': (call) => {
    if (!call.repository.settings.variables.delete(call.params['name'] ?? '')) throw notFound();
    return noContent;
  },
};

function environmentSettings({ repository, params }: Call): Settings {
  const environment = repository.deliveries.environment(params['environment_name'] ?? '');
  if (environment === undefined) throw notFound();
  return repository.settingsOf(environment.name);
}

function listSecrets(call: Call, { secrets }: Settings): Answer {
  return counted(call, 'secrets', [...secrets.values()], shownSecret);
}

function secretOf({ params }: Call, { secrets }: Settings): Secret {
  const secret = secrets.get((params['secret_name'] ?? '').toUpperCase());
  if (secret === undefined) throw notFound();
  return secret;
}

/** GitHub never tells the value. */
function shownSecret({ name, createdAt, updatedAt }: Secret): JsonObject {
  return { name, created_at: timestamp(createdAt), updated_at: timestamp(updatedAt) };
}

function publicKey({ box }: Settings): JsonObject {
  return { key_id: box.keyId, key: box.publicKey };
}

function setSecret({ params, body, world }: Call, { box, secrets }: Settings): Answer {
  const name = (params['secret_name'] ?? '').toUpperCase();
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_')) {
    throw new ApiError(
      422,
      'Secret names can only contain alphanumeric characters and underscores, and must not start with GITHUB_.',
    );
  }
  if (body['key_id'] !== box.keyId) throw new ApiError(422, 'Bad request - key_id does not match the public key');
  const value = box.open(textOf(body['encrypted_value']) ?? '');
  if (value === undefined)
    throw new ApiError(422, 'Bad request - the value could not be decrypted with the private key');
  const { now } = world.clock;
  const before = secrets.get(name);
  secrets.set(name, { name, value, createdAt: before?.createdAt ?? now, updatedAt: now });
  return before === undefined ? { status: 201, body: {} } : noContent;
}

function removeSecret(call: Call, all: Settings): Answer {
  all.secrets.delete(secretOf(call, all).name);
  return noContent;
}

function shownVariable({ repository }: Call, name: string): JsonObject {
  const variable = repository.settings.variables.get(name);
  if (variable === undefined) throw notFound();
  const { value, createdAt, updatedAt } = variable;
  return { name, value, created_at: timestamp(createdAt), updated_at: timestamp(updatedAt) };
}
