import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { client, here, standIn } from './stand-in.js';

const jobs = [
  { name: 'detect', duration: '10s' },
  {
    name: 'clippy',
    needs: ['detect'],
    duration: '1m',
    conclusion: 'failure',
    steps: [{ name: 'cargo clippy', log: 'error: needless borrow\n##[error]Process completed with exit code 101.' }],
    annotations: [{ path: 'src/lib.rs', line: 12, message: 'needless borrow' }],
  },
  {
    name: 'test-gate',
    needs: ['detect', 'clippy'],
    always: true,
    duration: '5s',
    artifacts: [{ name: 'rust-ci-report', content: { 'rust-ci-report.json': '{}' } }],
  },
] as const;

describe('the stand-in for GitHub: runs', () => {
  const test = standIn();

  function repository() {
    const repository = test.github.repository(here.owner, here.repo);
    repository.commit({ message: 'Count words' });
    repository.workflow('test.yml', { jobs });
    return repository;
  }

  it('lets a run go on as time goes by', async () => {
    const run = repository().run({ workflow: 'test.yml' });
    const github = client(test.github);
    const state = async () => (await github.actions.getWorkflowRun({ ...here, run_id: run.id })).data;
    assert.equal((await state()).status, 'queued');
    test.github.advance('5s');
    assert.equal((await state()).status, 'in_progress');
    test.github.advance('5m');
    const done = await state();
    assert.deepEqual([done.status, done.conclusion, done.display_title], ['completed', 'failure', 'Count words']);
    const { data } = await github.actions.listJobsForWorkflowRun({ ...here, run_id: run.id });
    assert.deepEqual(
      data.jobs.map(({ name, conclusion }) => [name, conclusion]),
      [
        ['detect', 'success'],
        ['clippy', 'failure'],
        ['test-gate', 'success'],
      ],
    );
    const steps = data.jobs[1]?.steps?.map(({ name, conclusion }) => [name, conclusion]);
    assert.deepEqual(steps, [
      ['Set up job', 'success'],
      ['cargo clippy', 'failure'],
      ['Complete job', 'success'],
    ]);
  });

  it('hands out artifacts and logs from another origin, without asking who one is', async () => {
    const run = repository().run({ workflow: 'test.yml' });
    test.github.finish();
    const github = client(test.github);
    const { data } = await github.actions.listWorkflowRunArtifacts({ ...here, run_id: run.id });
    const artifact = data.artifacts[0];
    assert.match(artifact?.digest ?? '', /^sha256:/);
    const zip = await github.actions.downloadArtifact({
      ...here,
      artifact_id: artifact?.id ?? 0,
      archive_format: 'zip',
    });
    assert.deepEqual(Object.keys(unzipSync(new Uint8Array(zip.data as ArrayBuffer))), ['rust-ci-report.json']);
    const job = run.attempts[0]?.jobs[1];
    const log = await github.actions.downloadJobLogsForWorkflowRun({ ...here, job_id: job?.id ?? 0 });
    assert.match(String(log.data), /^\ufeff?2026-11-20T09:00:\d\d\.\d{7}Z .*\n/);
    assert.match(String(log.data), /Z error: needless borrow\n/);
    const logs = await github.actions.downloadWorkflowRunLogs({ ...here, run_id: run.id });
    const files = unzipSync(new Uint8Array(logs.data as ArrayBuffer));
    assert.match(strFromU8(files['clippy/2_cargo clippy.txt'] ?? new Uint8Array()), /needless borrow/);
  });
});
