import assert from 'node:assert/strict';
import { descriptions, type Profile } from '../../github/check/description.js';
import { handlers } from '../../github/operations/index.js';
import { client, here, refused, standIn } from './stand-in.js';

const environment = { ...here, environment_name: 'production' };

for (const profile of ['github.com', 'ghes-3.19'] satisfies Profile[]) {
  describe(`the stand-in for GitHub: operations of ${profile}`, () => {
    const test = standIn({ profile });

    function filled() {
      const { github } = test;
      github.world.team(here.owner, 'operators', ['maria', 'jo']);
      const repository = github.repository(here.owner, here.repo, {
        organization: true,
        collaborators: { jo: 'write' },
      });
      const first = repository.commit({
        message: 'Count words',
        files: { 'src/lib.rs': '// tally\n', 'README.md': '# tally\n' },
      });
      repository.branch('feature/unicode');
      const tip = repository.commit({
        branch: 'feature/unicode',
        message: 'Count graphemes',
        files: { 'src/lib.rs': '// more\n' },
      });
      repository.deliveries.addEnvironment('production', { reviewers: ['maria', 'team:operators'], waitTimer: 5 });
      repository.workflow('release.yml', {
        dispatch: { level: { type: 'choice', options: ['patch', 'minor'], default: 'patch' } },
        jobs: [
          { name: 'build', duration: '1m', artifacts: [{ name: 'dist', content: { 'tally.txt': 'tally' } }] },
          {
            name: 'publish',
            needs: ['build'],
            environment: 'production',
            conclusion: 'failure',
            annotations: [{ path: 'src/lib.rs', line: 3, message: 'no' }],
          },
        ],
      });
      repository.rules.require('test-gate');
      repository.rules.protection.set('main', ['test-gate']);
      repository.checks.check(tip.sha, 'codecov/patch', { title: '81.90% (+0.20%)' });
      repository.checks.status(tip.sha, 'codecov/project', { description: '81.90%' });
      repository.deliveries.release({ tag: 'v1.0.0', assets: { 'tally.tar.gz': 'bytes' } });
      repository.deliveries.release({ tag: 'v1.1.0-rc.1', prerelease: true });
      repository.deliveries.image({ tags: ['1.0.0', 'latest'] });
      repository.deliveries.image({ tags: ['1.0.1', 'latest'] });
      return {
        github,
        repository,
        first,
        tip,
        octokit: client(github, github.token({ scopes: ['repo', 'workflow', 'read:packages', 'read:org'] })),
      };
    }

    it('reads repositories, commits, branches, tags and files', async () => {
      const { octokit, first, tip } = filled();
      assert.equal((await octokit.repos.get(here)).data.permissions?.admin, true);
      assert.equal((await octokit.repos.listBranches(here)).data.length, 2);
      assert.equal((await octokit.repos.getBranch({ ...here, branch: 'feature/unicode' })).data.commit.sha, tip.sha);
      const protection = await octokit.repos.getBranchProtection({ ...here, branch: 'main' });
      assert.deepEqual(protection.data.required_status_checks?.contexts, ['test-gate']);
      assert.deepEqual(
        (await octokit.repos.listCommits({ ...here, sha: 'feature/unicode' })).data.map(({ sha }) => sha),
        [tip.sha, first.sha],
      );
      assert.equal((await octokit.repos.getCommit({ ...here, ref: 'main' })).data.sha, first.sha);
      const { data } = await octokit.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...feature/unicode' });
      assert.deepEqual([data.status, data.ahead_by, data.files?.[0]?.filename], ['ahead', 1, 'src/lib.rs']);
      assert.deepEqual(
        (await octokit.repos.listTags(here)).data.map(({ name }) => name),
        ['v1.1.0-rc.1', 'v1.0.0'],
      );
      const file = await octokit.repos.getContent({ ...here, path: 'src/lib.rs' });
      assert.ok(!Array.isArray(file.data) && 'content' in file.data);
      assert.equal(Buffer.from(file.data.content, 'base64').toString(), '// tally\n');
      const folder = await octokit.repos.getContent({ ...here, path: 'src' });
      assert.ok(Array.isArray(folder.data) && folder.data[0]?.name === 'lib.rs');
    });

    it('knows people and teams', async () => {
      const { octokit } = filled();
      assert.equal((await octokit.users.getAuthenticated()).data.login, 'maria');
      assert.equal((await octokit.users.getByUsername({ username: 'jo' })).data.login, 'jo');
      assert.equal((await octokit.teams.list({ org: here.owner })).data[0]?.slug, 'operators');
      assert.equal((await octokit.teams.getByName({ org: here.owner, team_slug: 'operators' })).data.members_count, 2);
      assert.equal((await octokit.orgs.listMembers({ org: here.owner })).data.length, 2);
      assert.equal(
        (await octokit.repos.getCollaboratorPermissionLevel({ ...here, username: 'jo' })).data.permission,
        'write',
      );
      assert.equal((await octokit.repos.listCollaborators(here)).data.length, 2);
      assert.equal((await octokit.request('GET /')).status, 200);
      assert.equal((await octokit.meta.get()).status, 200);
    });

    it('commits with trees, and opens pull requests', async () => {
      const { octokit, first, repository } = filled();
      const { data: blob } = await octokit.git.createBlob({ ...here, content: 'hello\n' });
      const files = [
        { path: '.github/workflows/test.yml', mode: '100644', type: 'blob', sha: blob.sha } as const,
        { path: 'README.md', mode: '100644', type: 'blob', sha: null } as const,
      ];
      const { data: tree } = await octokit.git.createTree({ ...here, base_tree: first.tree, tree: files });
      assert.deepEqual(
        tree.tree.map(({ path }) => path),
        ['src/lib.rs', '.github/workflows/test.yml'],
      );
      const { data: commit } = await octokit.git.createCommit({
        ...here,
        message: 'Add a pipeline',
        tree: tree.sha,
        parents: [first.sha],
      });
      await octokit.git.createRef({ ...here, ref: 'refs/heads/pipeline', sha: commit.sha });
      assert.equal((await octokit.git.getRef({ ...here, ref: 'heads/pipeline' })).data.object.sha, commit.sha);
      assert.equal((await octokit.git.listMatchingRefs({ ...here, ref: 'heads/pipe' })).data.length, 1);
      const again = await refused(octokit.git.createRef({ ...here, ref: 'refs/heads/pipeline', sha: commit.sha }));
      assert.equal(again.status, 422);
      assert.match(again.message, /already exists/);
      assert.equal((await octokit.git.getCommit({ ...here, commit_sha: commit.sha })).data.message, 'Add a pipeline');
      const all = await octokit.git.getTree({ ...here, tree_sha: commit.sha, recursive: 'true' });
      assert.deepEqual(
        all.data.tree.map(({ path }) => path),
        ['src/lib.rs', '.github/workflows/test.yml'],
      );
      const top = await octokit.git.getTree({ ...here, tree_sha: commit.sha });
      assert.deepEqual(
        top.data.tree.map(({ path, type }) => [path, type]),
        [
          ['src', 'tree'],
          ['.github', 'tree'],
        ],
      );
      assert.equal((await octokit.git.getBlob({ ...here, file_sha: blob.sha })).data.size, 6);
      const inner = await octokit.git.getTree({ ...here, tree_sha: top.data.tree[0]?.sha ?? '' });
      assert.equal(inner.data.tree[0]?.path, 'lib.rs');
      const pull = { ...here, head: 'pipeline', base: 'main', title: 'Add a pipeline' };
      const { data: opened } = await octokit.pulls.create(pull);
      assert.equal((await refused(octokit.pulls.create(pull))).status, 422);
      assert.equal((await octokit.pulls.get({ ...here, pull_number: opened.number })).data.state, 'open');
      assert.equal(
        (await octokit.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: commit.sha })).data.length,
        1,
      );
      await octokit.pulls.update({ ...here, pull_number: opened.number, state: 'closed' });
      assert.equal((await octokit.pulls.list(here)).data.length, 0);
      await octokit.git.updateRef({ ...here, ref: 'heads/main', sha: commit.sha });
      assert.equal(repository.git.branches.get('main'), commit.sha);
      await octokit.git.deleteRef({ ...here, ref: 'heads/pipeline' });
      assert.equal(repository.git.branches.has('pipeline'), false);
      const content = Buffer.from('text\n').toString('base64');
      assert.equal(
        (await octokit.repos.createOrUpdateFileContents({ ...here, path: 'notes.md', message: 'Notes', content }))
          .status,
        201,
      );
    });

    it('finds workflows and runs, by every filter', async () => {
      const { octokit, repository, github, tip } = filled();
      const run = repository.run({ workflow: 'release.yml', branch: 'feature/unicode' });
      repository.run({ workflow: 'release.yml', event: 'schedule', actor: 'jo', at: repository.ago('3d') });
      assert.equal(
        (await octokit.actions.listRepoWorkflows(here)).data.workflows[0]?.path,
        '.github/workflows/release.yml',
      );
      const { data } = await octokit.actions.getWorkflow({ ...here, workflow_id: 'release.yml' });
      const found = async (filter: object) =>
        (await octokit.actions.listWorkflowRunsForRepo({ ...here, ...filter })).data.total_count;
      assert.equal(await found({}), 2);
      assert.equal(await found({ branch: 'feature/unicode' }), 1);
      assert.equal(await found({ head_sha: tip.sha }), 1);
      assert.equal(await found({ event: 'schedule' }), 1);
      assert.equal(await found({ actor: 'jo' }), 1);
      assert.equal(await found({ status: 'queued' }), 1);
      assert.equal(await found({ created: '<2026-11-18' }), 1);
      assert.equal(await found({ created: '2026-11-20..2026-11-21' }), 1);
      assert.equal((await octokit.actions.listWorkflowRuns({ ...here, workflow_id: data.id })).data.total_count, 2);
      github.finish();
      const jobs = await octokit.actions.listJobsForWorkflowRunAttempt({ ...here, run_id: run.id, attempt_number: 1 });
      assert.deepEqual(
        jobs.data.jobs.map(({ status }) => status),
        ['completed', 'waiting'],
      );
      assert.equal(
        (await octokit.actions.getJobForWorkflowRun({ ...here, job_id: jobs.data.jobs[0]?.id ?? 0 })).data.name,
        'build',
      );
      assert.equal(
        (await octokit.actions.getWorkflowRunAttempt({ ...here, run_id: run.id, attempt_number: 1 })).data.status,
        'waiting',
      );
      const artifacts = await octokit.actions.listArtifactsForRepo({ ...here, name: 'dist' });
      assert.equal(artifacts.data.total_count, 2);
      const one = await octokit.actions.getArtifact({ ...here, artifact_id: artifacts.data.artifacts[0]?.id ?? 0 });
      assert.equal('digest' in one.data, profile === 'github.com');
      await octokit.actions.disableWorkflow({ ...here, workflow_id: data.id });
      const refusal = await refused(
        octokit.actions.createWorkflowDispatch({ ...here, workflow_id: data.id, ref: 'main' }),
      );
      assert.equal(refusal.status, 422);
      await octokit.actions.enableWorkflow({ ...here, workflow_id: data.id });
      await octokit.actions.deleteWorkflowRun({ ...here, run_id: run.id });
      assert.equal(await found({}), 1);
    });

    it('lets approved jobs go on, and those that were rejected fail', async () => {
      const { octokit, repository, github } = filled();
      const [run, other] = [repository.run({ workflow: 'release.yml' }), repository.run({ workflow: 'release.yml' })];
      github.advance('10m');
      const { data } = await octokit.actions.getPendingDeploymentsForRun({ ...here, run_id: run.id });
      assert.deepEqual(
        [data[0]?.environment.name, data[0]?.current_user_can_approve, data[0]?.reviewers.length],
        ['production', true, 2],
      );
      const answer = { ...here, environment_ids: [data[0]?.environment.id ?? 0], comment: 'looks good' };
      await octokit.actions.reviewPendingDeploymentsForRun({ ...answer, run_id: run.id, state: 'approved' });
      await octokit.actions.reviewPendingDeploymentsForRun({ ...answer, run_id: other.id, state: 'rejected' });
      assert.equal(
        (
          await refused(
            octokit.actions.reviewPendingDeploymentsForRun({ ...answer, run_id: run.id, state: 'approved' }),
          )
        ).status,
        422,
      );
      assert.equal(
        (await octokit.actions.getReviewsForRun({ ...here, run_id: run.id })).data[0]?.comment,
        'looks good',
      );
      assert.equal((await octokit.actions.getWorkflowRun({ ...here, run_id: other.id })).data.conclusion, 'failure');
      github.advance('1m');
      const deployments = await octokit.repos.listDeployments({ ...here, environment: 'production' });
      const latest = deployments.data.at(-1)?.id ?? 0;
      assert.equal(
        (await octokit.repos.getDeployment({ ...here, deployment_id: latest })).data.environment,
        'production',
      );
      const statuses = await octokit.repos.listDeploymentStatuses({ ...here, deployment_id: latest });
      assert.deepEqual(
        statuses.data.map(({ state }) => state),
        ['failure', 'in_progress', 'queued', 'pending'],
      );
    });

    it('tells checks, annotations, statuses and rules', async () => {
      const { octokit, repository, github, tip } = filled();
      const run = repository.run({ workflow: 'release.yml', branch: 'feature/unicode' });
      github.advance('10m');
      repository.runs.review(run, {
        environments: ['production'],
        state: 'approved',
        comment: '',
        user: github.world.user('jo'),
      });
      github.finish();
      const { data } = await octokit.checks.listForRef({ ...here, ref: 'feature/unicode' });
      assert.deepEqual(
        data.check_runs.map(({ name, app }) => [name, app?.slug]),
        [
          ['build', 'github-actions'],
          ['publish', 'github-actions'],
          ['codecov/patch', 'codecov'],
        ],
      );
      const id = data.check_runs[1]?.id ?? 0;
      assert.equal((await octokit.checks.get({ ...here, check_run_id: id })).data.output.annotations_count, 2);
      const annotations = await octokit.checks.listAnnotations({ ...here, check_run_id: id });
      assert.deepEqual([annotations.data[0]?.path, annotations.data[0]?.start_line], ['src/lib.rs', 3]);
      const combined = await octokit.repos.getCombinedStatusForRef({ ...here, ref: 'feature/unicode' });
      assert.equal(combined.data.state, 'success');
      await octokit.repos.createCommitStatus({ ...here, sha: tip.sha, state: 'failure', context: 'codecov/project' });
      assert.equal((await octokit.repos.listCommitStatusesForRef({ ...here, ref: tip.sha })).data.length, 2);
      const rules = await octokit.repos.getBranchRules({ ...here, branch: 'main' });
      assert.equal(rules.data[0]?.type, 'required_status_checks');
      assert.deepEqual((await octokit.repos.getBranchRules({ ...here, branch: 'feature/unicode' })).data, []);
      const added = await octokit.repos.createRepoRuleset({
        ...here,
        name: 'releases',
        target: 'branch',
        enforcement: 'active',
        conditions: { ref_name: { include: ['refs/heads/release-*'], exclude: [] } },
        rules: [{ type: 'deletion' }],
      });
      const ruleset = { ...here, ruleset_id: added.data.id };
      assert.equal((await octokit.repos.getBranchRules({ ...here, branch: 'release-2' })).data.length, 1);
      await octokit.repos.updateRepoRuleset({ ...ruleset, enforcement: 'disabled' });
      assert.equal((await octokit.repos.getRepoRuleset(ruleset)).data.enforcement, 'disabled');
      assert.equal((await octokit.repos.getRepoRulesets(here)).data.length, 2);
      await octokit.repos.deleteRepoRuleset(ruleset);
      assert.equal((await octokit.repos.getRepoRulesets(here)).data.length, 1);
    });

    it('keeps environments as they were last put', async () => {
      const { octokit, github } = filled();
      const jo = github.world.user('jo').id;
      const reviewers = [{ type: 'User' as const, id: jo }];
      const custom = { protected_branches: false, custom_branch_policies: true };
      await octokit.repos.createOrUpdateEnvironment({ ...environment, reviewers, deployment_branch_policy: custom });
      const { data } = await octokit.repos.getEnvironment(environment);
      assert.deepEqual(
        data.protection_rules?.map(({ type }) => type),
        ['required_reviewers', 'branch_policy'],
      );
      const policy = await octokit.repos.createDeploymentBranchPolicy({ ...environment, name: 'v*', type: 'tag' });
      const branch = { ...environment, branch_policy_id: policy.data.id ?? 0 };
      await octokit.repos.updateDeploymentBranchPolicy({ ...branch, name: 'release-*' });
      assert.equal((await octokit.repos.getDeploymentBranchPolicy(branch)).data.name, 'release-*');
      assert.equal((await octokit.repos.listDeploymentBranchPolicies(environment)).data.total_count, 1);
      await octokit.repos.deleteDeploymentBranchPolicy(branch);
      assert.equal((await octokit.repos.getAllDeploymentProtectionRules(environment)).data.total_count, 0);
      await octokit.repos.createOrUpdateEnvironment(environment);
      assert.deepEqual((await octokit.repos.getEnvironment(environment)).data.protection_rules, []);
      assert.equal((await octokit.repos.getAllEnvironments(here)).data.total_count, 1);
      await octokit.repos.deleteAnEnvironment(environment);
      assert.equal((await refused(octokit.repos.getEnvironment(environment))).status, 404);
    });

    it('has releases, their files, and images whose tags move', async () => {
      const { octokit } = filled();
      assert.equal((await octokit.repos.listReleases(here)).data.length, 2);
      assert.equal((await octokit.repos.getLatestRelease(here)).data.tag_name, 'v1.0.0');
      const release = await octokit.repos.getReleaseByTag({ ...here, tag: 'v1.0.0' });
      const id = { ...here, release_id: release.data.id };
      assert.equal((await octokit.repos.getRelease(id)).data.assets[0]?.name, 'tally.tar.gz');
      const asset = (await octokit.repos.listReleaseAssets(id)).data[0];
      assert.equal((await octokit.repos.getReleaseAsset({ ...here, asset_id: asset?.id ?? 0 })).data.size, 5);
      const bytes = await octokit.repos.getReleaseAsset({
        ...here,
        asset_id: asset?.id ?? 0,
        headers: { accept: 'application/octet-stream' },
      });
      assert.equal(Buffer.from(bytes.data as unknown as ArrayBuffer).toString(), 'bytes');
      assert.equal((await octokit.repos.updateRelease({ ...id, make_latest: 'true', name: 'One' })).data.name, 'One');
      const of = { org: here.owner, package_type: 'container', package_name: here.repo } as const;
      assert.equal(
        (await octokit.packages.listPackagesForOrganization({ org: here.owner, package_type: 'container' })).data
          .length,
        1,
      );
      assert.equal((await octokit.packages.getPackageForOrganization(of)).data.version_count, 2);
      const { data } = await octokit.packages.getAllPackageVersionsForPackageOwnedByOrg(of);
      assert.deepEqual(data.map(({ metadata }) => metadata?.container?.tags).sort(), [['1.0.0'], ['1.0.1', 'latest']]);
      const version = await octokit.packages.getPackageVersionForOrganization({
        ...of,
        package_version_id: data[0]?.id ?? 0,
      });
      assert.match(version.data.name, /^sha256:[0-9a-f]{64}$/);
    });

    it('has images of people as well', async () => {
      const { octokit, github } = filled();
      github.repository('maria', 'own').deliveries.image({ image: 'own/tool', tags: ['1'] });
      const of = { package_type: 'container', package_name: 'own/tool' } as const;
      const user = { ...of, username: 'maria' };
      assert.equal(
        (await octokit.packages.listPackagesForUser({ username: 'maria', package_type: 'container' })).data.length,
        1,
      );
      assert.equal((await octokit.packages.getPackageForUser(user)).data.name, 'own/tool');
      assert.equal((await octokit.packages.getPackageForAuthenticatedUser(of)).data.name, 'own/tool');
      const versions = await octokit.packages.getAllPackageVersionsForPackageOwnedByUser(user);
      const id = versions.data[0]?.id ?? 0;
      assert.equal((await octokit.packages.getPackageVersionForUser({ ...user, package_version_id: id })).data.id, id);
      assert.equal((await octokit.packages.getAllPackageVersionsForPackageOwnedByAuthenticatedUser(of)).data.length, 1);
      assert.equal(
        (await octokit.packages.getPackageVersionForAuthenticatedUser({ ...of, package_version_id: id })).data.id,
        id,
      );
    });

    it('keeps variables, permissions of Actions and security switches', async () => {
      const { octokit } = filled();
      const name = 'REGISTRY';
      await octokit.actions.createRepoVariable({ ...here, name, value: 'ghcr.io' });
      await octokit.actions.updateRepoVariable({ ...here, name, value: 'example.com' });
      assert.equal((await octokit.actions.getRepoVariable({ ...here, name })).data.value, 'example.com');
      assert.equal((await octokit.actions.listRepoVariables(here)).data.total_count, 1);
      await octokit.actions.deleteRepoVariable({ ...here, name });
      await octokit.actions.setGithubActionsPermissionsRepository({
        ...here,
        enabled: true,
        allowed_actions: 'selected',
      });
      await octokit.actions.setAllowedActionsRepository({
        ...here,
        github_owned_allowed: true,
        patterns_allowed: ['taiki-e/*'],
      });
      assert.equal(
        (await octokit.actions.getGithubActionsPermissionsRepository(here)).data.allowed_actions,
        'selected',
      );
      assert.deepEqual((await octokit.actions.getAllowedActionsRepository(here)).data.patterns_allowed, ['taiki-e/*']);
      await octokit.actions.setGithubActionsDefaultWorkflowPermissionsRepository({
        ...here,
        default_workflow_permissions: 'write',
      });
      const defaults = await octokit.actions.getGithubActionsDefaultWorkflowPermissionsRepository(here);
      assert.equal(defaults.data.default_workflow_permissions, 'write');
      assert.equal((await refused(octokit.repos.checkVulnerabilityAlerts(here))).status, 404);
      await octokit.repos.enableVulnerabilityAlerts(here);
      assert.equal((await octokit.repos.checkVulnerabilityAlerts(here)).status, 204);
      assert.equal((await octokit.repos.checkAutomatedSecurityFixes(here)).data.enabled, false);
      await octokit.repos.disableVulnerabilityAlerts(here);
      assert.equal(
        (await octokit.repos.update({ ...here, default_branch: 'feature/unicode' })).data.default_branch,
        'feature/unicode',
      );
    });
  });
}

describe('the stand-in for GitHub: its operations', () => {
  it('implements what is in the extract of the description, all of it', () => {
    const described = Object.values(descriptions['github.com'].paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    assert.deepEqual(
      described.filter((operationId) => !(operationId in handlers)),
      [],
    );
    assert.deepEqual(
      Object.keys(handlers).filter((operationId) => !described.includes(operationId)),
      [],
    );
  });
});
