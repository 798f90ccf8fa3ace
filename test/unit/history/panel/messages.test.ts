import assert from 'node:assert/strict';
import { receive, toEditorSchema, toPanelSchema } from '../../../../src/core/history/panel/messages.js';

const refused = (data: unknown) => {
  const received = receive(toEditorSchema, data);
  return received.ok ? undefined : received.problem;
};

describe('messages of the panel', () => {
  it('are taken when they are well-formed', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'select', key: '["tally","parse"]' },
      { type: 'openCommit', sha: 'abcdef0' },
      { type: 'openRun', run: '9000000000' },
      { type: 'downloadArtifact', run: '9000000000' },
      { type: 'export', format: 'svg', name: 'parse-large', content: '<svg/>' },
    ]) {
      assert.deepEqual(receive(toEditorSchema, message), { ok: true, message });
    }
  });

  it('are refused with the key that is wrong', () => {
    assert.match(refused({ type: 'openRun', run: '../../settings' }) ?? '', /^run: /);
    assert.match(refused({ type: 'downloadArtifact', run: '1/zip' }) ?? '', /^run: /);
    assert.match(refused({ type: 'openCommit', sha: 'javascript:alert(1)' }) ?? '', /^sha: /);
    assert.match(refused({ type: 'export', format: 'exe', name: 'a', content: '' }) ?? '', /^format: /);
    assert.match(refused({ type: 'export', format: 'csv', name: '../a', content: '' }) ?? '', /^name: /);
    assert.match(refused({ type: 'run', command: 'rm' }) ?? '', /^type: /);
    for (const nonsense of [null, undefined, 7, 'ready', [], {}]) assert.ok(refused(nonsense));
  });

  it('carry columns as typed arrays only', () => {
    const message = {
      type: 'benchmark',
      benchmark: { key: 'k', benchmark: 'b', package: null, series: [{}], releases: [] },
    };
    const received = receive(toPanelSchema, message);
    assert.ok(!received.ok && received.problem.includes('benchmark.series.0'));
  });
});
