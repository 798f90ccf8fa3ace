import assert from 'node:assert/strict';
import sodium from 'libsodium-wrappers';
import { client, here, refused, standIn } from './stand-in.js';

/** Sealed as GitHub's documentation says. */
async function seal(value: string, key: string): Promise<string> {
  await sodium.ready;
  const sealed = sodium.crypto_box_seal(value, sodium.from_base64(key, sodium.base64_variants.ORIGINAL));
  return sodium.to_base64(sealed, sodium.base64_variants.ORIGINAL);
}

describe('the stand-in for GitHub: secrets', () => {
  const test = standIn();

  it('opens what libsodium sealed, and tells nobody', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    const { actions } = client(test.github);
    const { data } = await actions.getRepoPublicKey(here);
    const secret = { ...here, secret_name: 'CARGO_TOKEN' };
    const put = async (value: string) =>
      actions.createOrUpdateRepoSecret({
        ...secret,
        key_id: data.key_id,
        encrypted_value: await seal(value, data.key),
      });
    assert.equal((await put('first – ü')).status, 201);
    assert.equal((await put('second')).status, 204);
    assert.equal(repository.settings.secrets.get('CARGO_TOKEN')?.value, 'second');
    const listed = await actions.listRepoSecrets(here);
    assert.deepEqual(Object.keys(listed.data.secrets[0] ?? {}), ['name', 'created_at', 'updated_at']);
    assert.equal((await actions.getRepoSecret(secret)).data.name, 'CARGO_TOKEN');
    await actions.deleteRepoSecret(secret);
    assert.equal((await refused(actions.getRepoSecret(secret))).status, 404);
  });

  it('refuses what was sealed for another key, or tampered with', async () => {
    const repository = test.github.repository(here.owner, here.repo);
    repository.deliveries.addEnvironment('production');
    const environment = { ...here, environment_name: 'production' };
    const { actions } = client(test.github);
    const { data } = await actions.getEnvironmentPublicKey(environment);
    const other = await actions.getRepoPublicKey(here);
    const put = (encrypted_value: string, key_id = data.key_id) =>
      actions.createOrUpdateEnvironmentSecret({ ...environment, secret_name: 'TOKEN', key_id, encrypted_value });
    assert.equal((await refused(put(await seal('value', other.data.key)))).status, 422);
    assert.equal((await refused(put(await seal('value', data.key), other.data.key_id))).status, 422);
    const sealed = Buffer.from(await seal('value', data.key), 'base64');
    sealed.writeUInt8(sealed.readUInt8(50) ^ 1, 50);
    assert.equal((await refused(put(sealed.toString('base64')))).status, 422);
    assert.equal((await put(await seal('value', data.key))).status, 201);
    assert.equal(repository.settingsOf('production').secrets.get('TOKEN')?.value, 'value');
    assert.equal((await actions.listEnvironmentSecrets(environment)).data.total_count, 1);
    const named = { ...environment, secret_name: 'TOKEN' };
    assert.equal((await actions.getEnvironmentSecret(named)).data.name, 'TOKEN');
    await actions.deleteEnvironmentSecret(named);
    assert.equal((await actions.listEnvironmentSecrets(environment)).data.total_count, 0);
  });
});
