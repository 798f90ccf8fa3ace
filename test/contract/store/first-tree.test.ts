import assert from 'node:assert/strict';
import { verdictOf } from '../../../src/core/gates/verdict.js';
import { standIn } from '../github/stand-in.js';
import { connect, headOf, pipeline, push } from './setting.js';

describe('the store at the stand-in: the first tree', () => {
  const test = standIn();

  it('takes at most eight requests for six workflows whose runs have ended', async () => {
    const repository = pipeline(test.github);
    push(repository);
    test.github.finish();
    const { store, dispose, advance } = connect(test.github, headOf(repository));
    let asked = 0;
    store.onDidChange(() => {
      if (asked === 0 && store.snapshot.current) asked = test.github.requests.length;
    });
    store.watch('status');
    await advance(0);
    assert.equal(store.connection.problem, null);
    assert.ok(asked > 0 && asked <= 8, `${asked} requests`);
    const { gates } = verdictOf(store.snapshot);
    const states = Object.fromEntries(gates.map(({ id, state }) => [id, state]));
    assert.equal(states['clippy'], 'passed');
    assert.equal(store.snapshot.workflows?.length, 6);
    assert.equal(store.snapshot.updatedAt, test.github.now);
    dispose();
  });
});
