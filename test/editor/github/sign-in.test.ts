import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import type { ExtensionContext, SecretStorageChangeEvent } from 'vscode';
import { SignIn } from '../../../src/editor/github/sign-in.js';

const host = 'git.example.com';

/** What SignIn uses of an extension's context, in memory; two of them can share it as two windows do. */
function memoryContext(): ExtensionContext & { readonly kept: ReadonlyMap<string, string> } {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const changed = new EventEmitter<SecretStorageChangeEvent>();
  const context = {
    kept: secrets,
    secrets: {
      get: (key: string) => Promise.resolve(secrets.get(key)),
      store: (key: string, value: string) => {
        secrets.set(key, value);
        changed.fire({ key });
        return Promise.resolve();
      },
      delete: (key: string) => {
        if (secrets.delete(key)) changed.fire({ key });
        return Promise.resolve();
      },
      onDidChange: changed.event,
    },
    globalState: {
      get: (key: string) => state.get(key),
      update: (key: string, value: unknown) => {
        state.set(key, value);
        return Promise.resolve();
      },
    },
  };
  return context as unknown as ExtensionContext & { readonly kept: ReadonlyMap<string, string> };
}

describe('signing in with a token', () => {
  it('keeps it as a secret of its host, and nowhere else', async () => {
    const context = memoryContext();
    const signIn = new SignIn(context);
    await signIn.keepToken(host, 'secret', 'maria');
    assert.deepEqual(await signIn.account(host), { token: 'secret', label: 'maria', kind: 'token' });
    assert.equal(await signIn.account('other.example.com'), undefined);
    assert.deepEqual([...context.kept.values()], ['secret']);
    signIn.dispose();
  });

  it('tells other windows, which use it at once', async () => {
    const context = memoryContext();
    const [here, there] = [new SignIn(context), new SignIn(context)];
    const told: (string | undefined)[] = [];
    there.onDidChange((changed) => told.push(changed));
    assert.equal(await there.account(host), undefined);
    await here.keepToken(host, 'secret', 'maria');
    assert.deepEqual(told, [host]);
    assert.equal((await there.account(host))?.token, 'secret');
    here.dispose();
    there.dispose();
  });

  it('forgets it when the person signs out', async () => {
    const context = memoryContext();
    const signIn = new SignIn(context);
    await signIn.keepToken(host, 'secret', 'maria');
    await signIn.signOut(host);
    assert.equal(await signIn.account(host), undefined);
    assert.equal(context.kept.size, 0);
    signIn.dispose();
  });

  it('does not send a refused one again for a while, but a new one at once', async () => {
    const signIn = new SignIn(memoryContext());
    await signIn.keepToken(host, 'old', 'maria');
    signIn.refused('old');
    assert.equal(await signIn.account(host), undefined);
    await signIn.keepToken(host, 'new', 'maria');
    assert.equal((await signIn.account(host))?.token, 'new');
    signIn.dispose();
  });
});
