import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { actionPins, gitleaksPin, toolPins } from '../../../src/core/pipeline/pins.js';

// The templates as they lie in the repository, with every option in them, before anything is rendered.

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, unknown>;
}
interface Job {
  name: string;
  needs?: string | string[];
  if?: string;
  'runs-on': string;
  'timeout-minutes': number;
  permissions: Record<string, string>;
  environment?: string;
  strategy?: unknown;
  steps: Step[];
}
interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions: unknown;
  concurrency: { group: string; 'cancel-in-progress': unknown };
  jobs: Record<string, Job>;
}

const folder = 'workflows-template/.github/workflows';
const texts = new Map(
  readdirSync(folder).map((name) => [name.replace('.yml', ''), readFileSync(join(folder, name), 'utf8')]),
);
const workflows = new Map(
  [...texts].map(([id, text]) => {
    const document = parseDocument(text);
    assert.deepEqual([...document.errors, ...document.warnings], [], id);
    return [id, document.toJS() as Workflow];
  }),
);
const jobs = [...workflows].flatMap(([workflow, { jobs }]) =>
  Object.entries(jobs).map(([id, job]) => ({ id, workflow, where: `${workflow}.yml, ${id}`, job })),
);
const steps = jobs.flatMap(({ where, job }) => job.steps.map((step) => ({ where, step })));

function workflow(id: string): Workflow {
  const found = workflows.get(id);
  assert(found, id);
  return found;
}

function needsOf({ needs = [] }: Job): string[] {
  return [needs].flat();
}

describe('workflow templates', () => {
  it('have the jobs that other parts rely on', () => {
    assert.deepEqual(Object.fromEntries([...workflows].map(([id, { jobs }]) => [id, Object.keys(jobs)])), {
      benchmarks: ['detect', 'benchmarks', 'history'],
      container: ['detect', 'image', 'notify'],
      release: ['plan', 'build', 'publish-staging', 'publish-production', 'notify'],
      rollback: ['detect', 'rollback', 'notify'],
      security: ['detect', 'audit', 'deny', 'gitleaks', 'trivy', 'workflows', 'security-gate'],
      test: [
        ...['detect', 'fmt', 'clippy', 'test', 'coverage', 'docs', 'msrv'],
        ...['features', 'semver', 'minimal-versions', 'miri', 'test-gate'],
      ],
    });
    for (const [id, { name }] of workflows) assert.equal(name, id);
  });

  it('start when they should', () => {
    assert.deepEqual(Object.fromEntries([...workflows].map(([id, { on }]) => [id, Object.keys(on)])), {
      benchmarks: ['schedule', 'workflow_dispatch'],
      container: ['push', 'workflow_dispatch'],
      release: ['push'],
      rollback: ['workflow_dispatch'],
      security: ['push', 'pull_request', 'merge_group', 'schedule'],
      test: ['push', 'pull_request', 'merge_group'],
    });
  });

  it('name a check after its job, so that the job can be told from the name', () => {
    for (const { id, where, job } of jobs) assert.equal(job.name.split(/[ $]/)[0], id, where);
  });

  it('grant nothing at the top and to each job only what it says', () => {
    for (const [id, { permissions }] of workflows) assert.deepEqual(permissions, {}, id);
    const writing = jobs.flatMap(({ where, job }) =>
      Object.entries(job.permissions).flatMap(([scope, level]) => (level === 'write' ? [`${where}: ${scope}`] : [])),
    );
    assert.deepEqual(writing, [
      'benchmarks.yml, history: contents',
      'container.yml, image: packages',
      'container.yml, image: id-token',
      'container.yml, image: attestations',
      'release.yml, publish-staging: contents',
      'release.yml, publish-staging: id-token',
      'release.yml, publish-staging: attestations',
      'release.yml, publish-production: contents',
      'release.yml, publish-production: id-token',
      'release.yml, publish-production: attestations',
      'rollback.yml, rollback: contents',
      'rollback.yml, rollback: packages',
      'security.yml, trivy: security-events',
    ]);
  });

  it('limit the time of every job', () => {
    for (const { where, job } of jobs) assert(job['timeout-minutes'] > 0 && job['timeout-minutes'] <= 120, where);
  });

  it('cancel superseded runs of pull requests only', () => {
    for (const [id, { concurrency, on }] of workflows) {
      const expected = 'pull_request' in on ? "${{ github.event_name == 'pull_request' }}" : false;
      assert.equal(concurrency['cancel-in-progress'], expected, id);
      if ('pull_request' in on) assert.match(concurrency.group, /pull_request\.number \|\| github\.run_id/, id);
    }
  });

  it('never move the tag of an image in two runs at once', () => {
    assert.equal(workflow('container').concurrency.group, workflow('rollback').concurrency.group);
  });

  it('publish in protected environments', () => {
    const environments = jobs.flatMap(({ where, job }) => (job.environment ? [`${where}: ${job.environment}`] : []));
    assert.deepEqual(environments, [
      'release.yml, publish-staging: staging',
      'release.yml, publish-production: production',
      'rollback.yml, rollback: production',
    ]);
  });

  it('check out without leaving the token behind', () => {
    for (const { where, step } of steps) {
      if (step.uses?.startsWith('actions/checkout@')) assert.equal(step.with?.['persist-credentials'], false, where);
    }
  });

  it('put no expression into a script', () => {
    for (const { where, step } of steps) assert.doesNotMatch(step.run ?? '', /\$\{\{/, `${where}: ${step.name ?? ''}`);
  });

  it('use no cache where something is released', () => {
    for (const id of ['release', 'container']) {
      assert.doesNotMatch(texts.get(id) ?? '', /rust-cache|actions\/cache|cache-(?:from|to):/, id);
    }
  });

  it('judge every job in the gate, even if one was cancelled', () => {
    const gates = { test: 'test-gate', security: 'security-gate', release: 'notify', rollback: 'notify' };
    for (const [id, gate] of Object.entries({ ...gates, container: 'notify' })) {
      const { [gate]: judge, ...others } = workflow(id).jobs;
      assert(judge, gate);
      assert.deepEqual(needsOf(judge), Object.keys(others), id);
      assert.equal(judge.if, 'always()', id);
    }
  });

  it('look for secrets and at workflows whatever else is there', () => {
    for (const id of ['gitleaks', 'workflows']) {
      const job = workflow('security').jobs[id];
      assert.deepEqual([job?.needs, job?.if], [undefined, undefined], id);
    }
  });

  it('guard what may have nothing to check, and nothing else', () => {
    const unguarded = jobs.filter(({ job }) => job.if === undefined).map(({ where }) => where);
    assert.deepEqual(unguarded, [
      'benchmarks.yml, detect',
      'benchmarks.yml, history',
      'container.yml, detect',
      'release.yml, plan',
      'rollback.yml, detect',
      'security.yml, detect',
      'security.yml, gitleaks',
      'security.yml, workflows',
      'test.yml, detect',
    ]);
  });

  it('ask detect about every gate that it guards', () => {
    for (const id of ['test', 'security']) {
      const script = workflow(id).jobs['detect']?.steps.find(({ run }) => run?.includes('detect.sh'))?.run ?? '';
      const asked = new Set(script.match(/[\w-]+/g));
      const guarded = Object.keys(workflow(id).jobs).filter((job) => job !== 'detect' && !job.endsWith('-gate'));
      assert.deepEqual(
        guarded.filter((job) => !asked.has(job)),
        [],
        id,
      );
    }
  });

  it('upload the report under its name, from one job each', () => {
    const reporting = jobs.filter(({ job }) =>
      job.steps.some((step) => step.uses?.includes('/upload-artifact@') && step.with?.['name'] === 'rust-ci-report'),
    );
    assert.deepEqual(
      reporting.map(({ where }) => where),
      [
        // The one or the other: whether there is anything to measure.
        'benchmarks.yml, detect',
        'benchmarks.yml, benchmarks',
        'container.yml, notify',
        'release.yml, notify',
        'rollback.yml, notify',
        'security.yml, security-gate',
        'test.yml, test-gate',
      ],
    );
  });
});

describe('pins', () => {
  it('are what the templates use, by full commit with the version beside it', () => {
    const used = [...texts].flatMap(([id, text]) =>
      [...text.matchAll(/uses: (?<use>.+)/g)].map(([, use = '']) => ({ id, use })),
    );
    for (const { id, use } of used) {
      const action = /^[\w./-]+/.exec(use)?.[0] ?? '';
      const { sha = '', version = '' } = actionPins[action] ?? {};
      assert.equal(use, `${action}@${sha} # ${version}`, id);
    }
    const unused = Object.keys(actionPins).filter((action) => !used.some(({ use }) => use.startsWith(`${action}@`)));
    assert.deepEqual(unused, []);
    for (const { sha, version } of Object.values(actionPins)) {
      assert.match(sha, /^[0-9a-f]{40}$/);
      assert.match(version, /^v\d+\.\d+\.\d+$/);
    }
  });

  it('fix the version of every tool, and never fall back on another source', () => {
    const installed = steps.filter(({ step }) => step.uses?.startsWith('taiki-e/install-action@'));
    const tools = new Set(
      installed.map(({ where, step }) => {
        assert.equal(step.with?.['fallback'], 'none', where);
        const tool = String(step.with['tool']);
        const [name = '', version] = tool.split('@');
        assert.equal(version, toolPins[name], `${where}: ${tool}`);
        return name;
      }),
    );
    assert.deepEqual([...tools].sort(), Object.keys(toolPins).sort());
  });

  it('verify gitleaks by its checksum', () => {
    const step = steps.map(({ step }) => step).find(({ run }) => run?.includes('gitleaks/releases/download'));
    assert(step);
    assert.deepEqual(step.env, { VERSION: gitleaksPin.version, SHA256: gitleaksPin.sha256 });
    assert.match(step.run ?? '', /"\$SHA256 {2}\$archive" \| sha256sum --check/);
  });
});
