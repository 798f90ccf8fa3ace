import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { parseReport, type Report } from '../../../src/core/gates/report.js';
import type { Profile } from '../../github/check/description.js';
import { demoHistory, mainBranch, ownBranch, seedDemo } from '../../github/demo/index.js';
import type { RepositoryState, Run } from '../../github/github.js';
import { client, standIn } from './stand-in.js';

const here = { owner: 'acme', repo: 'tally' };

function sampleFiles(): Record<string, string> {
  const top = 'test/sample';
  const names = readdirSync(top, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('target'))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    names.map((path) => [path.slice(top.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

function reportOf(run: Run | undefined): Report {
  const artifact = run?.artifacts.find(({ name }) => name === 'rust-ci-report');
  assert.ok(artifact, `run ${run?.workflow.name ?? ''} has a report`);
  return parseReport(strFromU8(unzipSync(artifact.bytes())['rust-ci-report.json'] ?? new Uint8Array()));
}

function newest(repository: RepositoryState, workflow: string, branch: string): Run | undefined {
  return repository.runs.all.findLast((run) => run.workflow.name === workflow && run.branch === branch);
}

for (const profile of ['github.com', 'ghes-3.19'] satisfies Profile[]) {
  describe(`the repository that npm start shows: ${profile}`, () => {
    const test = standIn({ profile });

    function seeded(): RepositoryState {
      return seedDemo(test.github, { owner: here.owner, name: here.repo, history: demoHistory(sampleFiles()) });
    }

    it('has weeks of runs of all six workflows, in all states', () => {
      const repository = seeded();
      const names = new Set(repository.runs.all.map(({ workflow }) => workflow.name));
      assert.deepEqual([...names].sort(), ['benchmarks', 'container', 'release', 'rollback', 'security', 'test']);
      const states = new Set(
        repository.runs.all.map(({ attempts }) => attempts.at(-1)).map((last) => last?.conclusion ?? last?.status),
      );
      for (const state of ['success', 'failure', 'cancelled', 'waiting', 'in_progress']) {
        assert.ok(states.has(state), `one is ${state}; there are ${[...states].join(', ')}`);
      }
      assert.ok(
        repository.runs.all.some(({ attempts }) => attempts.length > 1),
        'one was run again',
      );
      const first = repository.runs.all[0];
      assert.ok(first !== undefined && test.github.now - first.createdAt > 80 * 86_400_000);
    });

    it('has reports that the product can read, in every finished run', () => {
      const repository = seeded();
      const reports = repository.runs.all
        .filter(({ attempts }) => ['success', 'failure'].includes(attempts.at(-1)?.conclusion ?? ''))
        .map((run) => [run, reportOf(run)] as const);
      assert.ok(reports.length > 80, String(reports.length));
      for (const [run, report] of reports) {
        assert.equal(report.commit, run.commit.sha);
        assert.equal(report.workflow, run.workflow.name);
        // A failed run has a failed gate.
        const failed = report.gates.some(({ state }) => state === 'fail');
        assert.equal(failed, run.attempts.at(-1)?.conclusion === 'failure', `${run.workflow.name} #${run.number}`);
      }
    });

    it('fails in coverage and clippy on the branch that is worked on, and passes on the default branch', () => {
      const repository = seeded();
      const own = reportOf(newest(repository, 'test', ownBranch));
      const gates = Object.fromEntries(own.gates.map(({ id, state, value }) => [id, [state, value]]));
      assert.deepEqual(gates['clippy'], ['fail', 2]);
      assert.equal(gates['coverage']?.[0], 'fail');
      assert.equal(Math.round(Number(gates['coverage'][1]) * 10) / 10, 78.3);
      const lints = newest(repository, 'test', ownBranch)?.attempts[0]?.jobs.find(({ plan }) => plan.name === 'clippy');
      const source = repository.git.resolve(ownBranch)?.files.get('src/phrases.rs')?.split('\n');
      assert.deepEqual(
        lints?.plan.annotations?.map(({ line }) => source?.[line - 1]?.trim()),
        ['if length == 0 || words.len() == 0 {', 'return found;'],
      );
      const main = reportOf(newest(repository, 'test', mainBranch));
      assert.ok(main.gates.every(({ state }) => state === 'pass'));
    });

    it('has v1.4.2 live and v1.5.0 waiting for maria', async () => {
      const repository = seeded();
      const latest = repository.deliveries.container().versions.find(({ tags }) => tags.includes('latest'));
      assert.ok(latest?.tags.includes('1.4.2'));
      assert.equal(repository.deliveries.latestRelease?.tag, 'v1.4.2');
      const { actions } = client(test.github);
      const waiting = await actions.listWorkflowRunsForRepo({ ...here, status: 'waiting' });
      assert.deepEqual(
        waiting.data.workflow_runs.map(({ name, head_branch }) => [name, head_branch]),
        [['release', 'v1.5.0']],
      );
      const run_id = waiting.data.workflow_runs[0]?.id ?? 0;
      const pending = await actions.getPendingDeploymentsForRun({ ...here, run_id });
      assert.equal(pending.data[0]?.current_user_can_approve, true);
      const environment_ids = [pending.data[0].environment.id ?? 0];
      await actions.reviewPendingDeploymentsForRun({
        ...here,
        run_id,
        environment_ids,
        state: 'approved',
        comment: '',
      });
      test.github.finish();
      assert.equal(repository.deliveries.latestRelease.tag, 'v1.5.0');
    });

    it('has a history of benchmarks with one regression', () => {
      const repository = seeded();
      const reports = repository.runs.all
        .filter((run) => run.workflow.name === 'benchmarks' && run.branch === mainBranch && run.artifacts.length > 0)
        .map((run) => reportOf(run));
      assert.ok(reports.length >= 30, String(reports.length));
      const median = (benchmark: string, part: readonly Report[]) => {
        const points = part.map(
          (report) =>
            report.benchmarks?.find((found) => found.benchmark === benchmark)?.estimates.median?.point_estimate ?? 0,
        );
        return points.sort((a, b) => a - b)[Math.floor(points.length / 2)] ?? 0;
      };
      const change = (benchmark: string) =>
        median(benchmark, reports.slice(-8)) / median(benchmark, reports.slice(0, 20)) - 1;
      assert.ok(change('count/9000') > 0.06 && change('count/9000') < 0.13, String(change('count/9000')));
      assert.ok(Math.abs(change('top/10')) < 0.02, String(change('top/10')));
    });

    it('rolls back when it is asked to', () => {
      const repository = seeded();
      const inputs = { version: 'v1.4.1', reason: 'It crashes', request: 'abc' };
      const run = repository.run({ workflow: 'rollback.yml', event: 'workflow_dispatch', inputs });
      test.github.finish();
      const user = test.github.world.user('maria');
      repository.runs.review(run, { environments: ['production'], state: 'approved', comment: '', user });
      test.github.finish();
      const { rollback } = reportOf(run);
      assert.deepEqual(
        [rollback?.done, rollback?.from?.version, rollback?.to.version, rollback?.request],
        [true, '1.4.2', '1.4.1', 'abc'],
      );
      assert.equal(repository.deliveries.latestRelease?.tag, 'v1.4.1');
    });

    it('answers everything about it as described', async () => {
      const repository = seeded();
      const octokit = client(test.github, test.github.token({ scopes: ['repo', 'workflow', 'read:packages'] }));
      const runs = await octokit.paginate(octokit.actions.listWorkflowRunsForRepo, { ...here, per_page: 100 });
      assert.equal(runs.length, repository.runs.all.length);
      for (const run of repository.runs.all.slice(-12)) {
        await octokit.actions.listJobsForWorkflowRun({ ...here, run_id: run.id, filter: 'all' });
        await octokit.actions.listWorkflowRunArtifacts({ ...here, run_id: run.id });
      }
      await octokit.checks.listForRef({ ...here, ref: ownBranch, per_page: 100 });
      await octokit.repos.listReleases(here);
      await octokit.repos.listDeployments(here);
      await octokit.repos.getAllEnvironments(here);
      await octokit.pulls.get({ ...here, pull_number: 47 });
      await octokit.packages.getAllPackageVersionsForPackageOwnedByOrg({
        org: here.owner,
        package_type: 'container',
        package_name: here.repo,
      });
    });
  });
}
