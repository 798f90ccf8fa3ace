import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRepository, type Files } from '../projects/repository.js';
import { dispatch, type Event, mergeGroup, pullRequest, push, pushTag, schedule } from './event.js';
import { readWorkflow } from './read.js';
import type { JobResult, RunResult } from './result.js';
import type { RunOptions } from './run.js';
import { triggeredBy } from './triggers.js';
import { runWorkflow } from './workflow.js';

const sha = '0123456789012345678901234567890123456789';

/** Runs one workflow whose jobs are given, in a repository of its own. */
async function runJobs(jobs: string, options: Partial<RunOptions> = {}, files: Files = {}): Promise<RunResult> {
  const indented = jobs.replace(/^/gm, '  ');
  const on = 'on: { push: , workflow_dispatch: { inputs: { version: { required: true }, dry: { type: boolean } } } }';
  const repository = await createRepository({
    ...files,
    '.github/workflows/w.yml': `name: W\n${on}\nenv: { LEVEL: workflow, WORKFLOW: yes }\njobs:\n${indented}`,
  });
  const result = await runWorkflow('w.yml', { repository, event: push(), ...options });
  assert.ok(result);
  return result;
}

function job(result: RunResult, id: string): JobResult {
  const found = result.jobs[id];
  assert.ok(found, `no job ${id}`);
  return found;
}

/** What every step of a job printed. */
function printed(result: RunResult, id: string): string[] {
  return job(result, id).legs.flatMap((leg) => leg.steps.map((step) => step.output));
}

function results(result: RunResult): Record<string, string> {
  return Object.fromEntries(Object.entries(result.jobs).map(([id, { result: state }]) => [id, state]));
}

describe('runner: jobs', function () {
  this.timeout(60_000);

  it('runs jobs after those they need and hands outputs on', async () => {
    const result = await runJobs(`
last:
  needs: [first]
  runs-on: ubuntu-24.04
  steps:
    - run: echo "got $VALUE and \${{ needs.first.result }}"
      env:
        VALUE: \${{ needs.first.outputs.value }}
first:
  runs-on: ubuntu-latest
  outputs:
    value: \${{ steps.make.outputs.value }}
  steps:
    - id: make
      run: |
        echo "value<<END" >> "$GITHUB_OUTPUT"
        printf 'a=b\\nc\\n' >> "$GITHUB_OUTPUT"
        echo END >> "$GITHUB_OUTPUT"`);
    assert.deepEqual(Object.keys(result.jobs), ['first', 'last']);
    assert.equal(job(result, 'first').outputs['value'], 'a=b\nc');
    assert.deepEqual(printed(result, 'last'), ['got a=b\nc and success']);
  });

  it('skips what needs a failed or skipped job, and lets always() and failure() run', async () => {
    const step = 'runs-on: ubuntu-24.04\n  steps: [{ run: "true" }]';
    const result = await runJobs(`
bad:
  runs-on: ubuntu-24.04
  steps: [{ run: exit 3 }]
after:
  needs: bad
  ${step}
off:
  if: github.ref == 'refs/heads/other'
  ${step}
after-off:
  needs: off
  ${step}
further:
  needs: after-off
  if: \${{ !cancelled() }}
  ${step}
beyond:
  needs: further
  ${step}
gate:
  needs: [bad, after]
  if: always()
  ${step}
alarm:
  needs: after
  if: failure()
  ${step}`);
    assert.deepEqual(results(result), {
      bad: 'failure',
      after: 'skipped',
      off: 'skipped',
      'after-off': 'skipped',
      further: 'success',
      // A skipped job anywhere before makes success() false, as on GitHub.
      beyond: 'skipped',
      gate: 'success',
      alarm: 'success',
    });
  });

  it('expands a matrix from expressions, include and exclude, and runs only the Linux part', async () => {
    const result = await runJobs(`
detect:
  runs-on: ubuntu-24.04
  outputs:
    roots: \${{ steps.d.outputs.roots }}
  steps:
    - id: d
      run: echo 'roots=[".","crates/a"]' >> "$GITHUB_OUTPUT"
build:
  name: build \${{ matrix.root }}
  needs: detect
  runs-on: \${{ matrix.os }}
  strategy:
    matrix:
      root: \${{ fromJSON(needs.detect.outputs.roots) }}
      os: [ubuntu-24.04, windows-2025]
      include:
        - os: ubuntu-24.04
          extra: linux
        - root: c
          os: ubuntu-24.04-arm
      exclude:
        - { root: ., os: windows-2025 }
  steps:
    - run: echo "\${{ matrix.root }} \${{ matrix.extra }} \${{ strategy.job-total }}"`);
    const legs = job(result, 'build').legs.map((leg) => [leg.matrix['root'], leg.matrix['os'], leg.result]);
    assert.deepEqual(legs, [
      ['.', 'ubuntu-24.04', 'success'],
      ['crates/a', 'ubuntu-24.04', 'success'],
      ['crates/a', 'windows-2025', 'not-run'],
      ['c', 'ubuntu-24.04-arm', 'not-run'],
    ]);
    assert.deepEqual(printed(result, 'build'), ['. linux 4', 'crates/a linux 4']);
    assert.equal(job(result, 'build').legs[1]?.name, 'build crates/a');
  });

  it('refuses an empty matrix, as GitHub does', async () => {
    const jobs = `
a:
  runs-on: ubuntu-24.04
  strategy: { matrix: { root: "\${{ fromJSON('[]') }}" } }
  steps: [{ run: "true" }]`;
    await assert.rejects(runJobs(jobs), /"root" does not contain any values/);
  });

  for (const [failFast, expected] of [
    ['', ['failure', 'cancelled']],
    ['fail-fast: false', ['failure', 'success']],
  ] as const) {
    it(`stops the matrix after a failure ${failFast ? 'unless told not to' : 'by default'}`, async () => {
      const result = await runJobs(`
a:
  runs-on: ubuntu-24.04
  strategy:
    ${failFast}
    matrix: { code: [1, 0] }
  steps: [{ run: "exit \${{ matrix.code }}" }]`);
      assert.deepEqual(
        job(result, 'a').legs.map((leg) => leg.result),
        expected,
      );
      assert.equal(job(result, 'a').result, 'failure');
    });
  }

  it('gives every job an empty machine without the tools of this one', async () => {
    const result = await runJobs(
      `
one:
  runs-on: ubuntu-24.04
  steps:
    - uses: actions/checkout@${sha}
    - run: touch left-behind "$HOME/left-behind" && cargo --version
two:
  needs: one
  runs-on: ubuntu-24.04
  steps:
    - run: ls -A . && ls "$HOME" && ! command -v cargo-deny`,
      {},
      { 'a.txt': '' },
    );
    assert.deepEqual(results(result), { one: 'success', two: 'success' });
    assert.deepEqual(printed(result, 'two'), ['']);
  });
});

describe('runner: steps', function () {
  this.timeout(60_000);

  it('stops at a failed step, but for those that ask for it, and knows outcome and conclusion', async () => {
    const result = await runJobs(`
a:
  runs-on: ubuntu-24.04
  steps:
    - id: soft
      continue-on-error: true
      run: exit 1
    - run: echo "\${{ steps.soft.outcome }} \${{ steps.soft.conclusion }} \${{ job.status }}"
    - run: exit 1
    - run: echo never
    - if: failure()
      run: echo failed
    - if: always() && steps.soft.outcome == 'success'
      run: echo never
    - if: \${{ always() }}
      run: echo "\${{ job.status }}"`);
    assert.deepEqual(printed(result, 'a'), ['', 'failure success success', '', '', 'failed', '', 'failure']);
    assert.equal(job(result, 'a').result, 'failure');
  });

  it('runs scripts with the flags that GitHub uses', async () => {
    const result = await runJobs(`
lax:
  runs-on: ubuntu-24.04
  steps: [{ run: "false | true" }]
strict:
  runs-on: ubuntu-24.04
  defaults: { run: { shell: bash } }
  steps: [{ run: "false | true" }]`);
    assert.deepEqual(results(result), { lax: 'success', strict: 'failure' });
  });

  it('merges the environment of workflow, job, earlier steps and step', async () => {
    const result = await runJobs(`
a:
  runs-on: ubuntu-24.04
  env: { LEVEL: job, JOB: "\${{ github.job }}" }
  steps:
    - run: |
        echo "$LEVEL $WORKFLOW $JOB"
        echo LEVEL=file >> "$GITHUB_ENV"
        mkdir -p "$RUNNER_TEMP/bin" && printf '#!/bin/sh\\necho mine\\n' > "$RUNNER_TEMP/bin/mine"
        chmod +x "$RUNNER_TEMP/bin/mine" && echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
    - run: echo "$LEVEL \${{ env.LEVEL }} $(mine)"
    - env: { LEVEL: step }
      run: echo "$LEVEL \${{ env.LEVEL }}"`);
    assert.deepEqual(printed(result, 'a'), ['job yes a', 'file file mine', 'step step']);
  });

  it('honours working directories, collects summaries and annotations', async () => {
    const result = await runJobs(
      `
a:
  runs-on: ubuntu-24.04
  defaults: { run: { working-directory: sub } }
  steps:
    - uses: actions/checkout@${sha}
    - run: |
        basename "$PWD" >> "$GITHUB_STEP_SUMMARY"
        echo "::error file=a.rs,line=1,title=A::first%0Asecond"
    - working-directory: sub/deep
      run: |
        basename "$PWD" >> "$GITHUB_STEP_SUMMARY"
        echo "::notice::plain"`,
      {},
      { 'sub/deep/a.txt': '' },
    );
    const [leg] = job(result, 'a').legs;
    assert.equal(leg?.summary, 'sub\ndeep\n');
    assert.deepEqual(leg.annotations, [
      { level: 'error', message: 'first\nsecond' },
      { level: 'notice', message: 'plain' },
    ]);
  });

  it('gives secrets, variables, inputs and the event to expressions', async () => {
    const result = await runJobs(
      `
a:
  if: vars.ON == 'yes' && inputs.version != ''
  runs-on: ubuntu-24.04
  env: { TOKEN: "\${{ secrets.TOKEN }}" }
  steps:
    - if: env.TOKEN != '' && !inputs.dry
      run: echo "$TOKEN \${{ inputs.version }} \${{ github.event.repository.visibility }}"
    - if: secrets.OTHER != ''
      run: echo never
    - run: jq -r .repository.full_name "$GITHUB_EVENT_PATH"
    - run: echo "\${{ hashFiles('**/none') }}\${{ hashFiles('none', '.git*') == '' }}"`,
      { event: dispatch({ version: 'v1' }), secrets: { TOKEN: 't' }, vars: { ON: 'yes' } },
    );
    assert.deepEqual(printed(result, 'a'), ['t v1 public', '', 'Example/Project', 'true']);
  });

  it('ends a step that takes longer than its time limit, with what it started', async () => {
    const result = await runJobs(`
a:
  runs-on: ubuntu-24.04
  steps:
    - timeout-minutes: 0.02
      run: sleep 60 | cat`);
    assert.equal(job(result, 'a').result, 'failure');
    assert.match(printed(result, 'a')[0] ?? '', /took longer than 0.02 minutes/);
  });
});

describe('runner: actions', function () {
  this.timeout(60_000);

  it('checks out as deep as asked, without a branch for a tag', async () => {
    const result = await runJobs(
      `
a:
  runs-on: ubuntu-24.04
  steps:
    - uses: actions/checkout@${sha}
      with: { fetch-depth: 0, persist-credentials: false }
    - run: git branch --show-current && git rev-parse HEAD && git config user.name || echo nobody`,
      {},
      { 'run.sh': '#!/bin/sh\n' },
    );
    assert.match(printed(result, 'a')[1] ?? '', /^main\n[0-9a-f]{40}\nnobody$/);
  });

  it('carries artifacts from job to job', async () => {
    const result = await runJobs(`
make:
  runs-on: ubuntu-24.04
  strategy: { matrix: { part: [a, b] } }
  steps:
    - run: mkdir -p out/deep && echo \${{ matrix.part }} > out/deep/\${{ matrix.part }}.txt && touch out/.hidden
    - uses: actions/upload-artifact@${sha}
      with: { name: "part-\${{ matrix.part }}", path: out, if-no-files-found: error }
take:
  needs: make
  runs-on: ubuntu-24.04
  steps:
    - uses: actions/download-artifact@${sha}
      with: { pattern: part-*, path: all, merge-multiple: true }
    - run: find all -type f | sort
none:
  runs-on: ubuntu-24.04
  steps:
    - uses: actions/download-artifact@${sha}
      with: { name: other }`);
    assert.equal(printed(result, 'take')[1], 'all/deep/a.txt\nall/deep/b.txt');
    assert.equal(readFileSync(join(result.artifacts['part-b'] ?? '', 'deep', 'b.txt'), 'utf8'), 'b\n');
    assert.equal(job(result, 'none').result, 'failure');
  });

  it('provides only the tool version that the tests have', async () => {
    const result = await runJobs(`
right:
  runs-on: ubuntu-24.04
  steps:
    - uses: taiki-e/install-action@${sha}
      with: { tool: "gitleaks@8.30.1" }
    - run: gitleaks --help > /dev/null
wrong:
  runs-on: ubuntu-24.04
  steps:
    - uses: taiki-e/install-action@${sha}
      with: { tool: "gitleaks@8.0.0" }`);
    assert.deepEqual(results(result), { right: 'success', wrong: 'failure' });
    assert.match(printed(result, 'wrong')[0] ?? '', /wants gitleaks@8.0.0, but the tests have 8.30.1/);
  });

  it('refuses an action, an input and a pin that it does not know', async () => {
    const step = (line: string): string => `
a:
  runs-on: ubuntu-24.04
  steps: [${line}]`;
    await assert.rejects(runJobs(step(`{ uses: "some/thing@${sha}" }`)), /no stand-in for `uses: some\/thing/);
    await assert.rejects(runJobs(step('{ uses: actions/checkout@v7 }')), /no stand-in/);
    const input = `{ uses: "actions/checkout@${sha}", with: { lfs: true } }`;
    await assert.rejects(runJobs(step(input)), /has no input "lfs"/);
  });
});

describe('runner: reading and triggering', () => {
  const workflow = (on: string, rest = ''): string =>
    `name: W\non: ${on}\njobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: "true" }]${rest} } }`;

  it('refuses what it would otherwise leave out', () => {
    assert.throws(() => readWorkflow(workflow('{ push: }', ', container: rust'), 'w.yml'), /w\.yml[^]*jobs\.a/);
    assert.throws(() => readWorkflow(workflow('{ workflow_run: }'), 'w.yml'), /on/);
  });

  const starts = (on: string, event: Event): boolean => triggeredBy(readWorkflow(workflow(on), 'w.yml').on, event);

  it('starts for the events, branches and tags that are listed', () => {
    const on = '{ push: { branches: ["release-*"], tags: ["v*", "!v*-rc*"] }, pull_request: { branches: [main] } }';
    assert.equal(starts(on, push('release-1.2')), true);
    assert.equal(starts(on, push('release-1/2')), false);
    assert.equal(starts(on, push()), false);
    assert.equal(starts(on, pushTag('v1.0.0')), true);
    assert.equal(starts(on, pushTag('v1.0.0-rc.1')), false);
    assert.equal(starts(on, pullRequest()), true);
    assert.equal(starts(on, pullRequest('change', 'other')), false);
    assert.equal(starts(on, schedule()), false);
  });

  it('starts no tag where only branches are listed, and any merge group where none is', () => {
    assert.equal(starts('{ push: { branches: [main] } }', pushTag('v1')), false);
    assert.equal(starts('{ push: { branches: ["**"] } }', push('a/b')), true);
    assert.equal(starts('{ merge_group: }', mergeGroup()), true);
    assert.equal(starts('{ merge_group: { branches: [other] } }', mergeGroup()), false);
  });
});
