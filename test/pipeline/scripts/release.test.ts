import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderWith, runScript, type ScriptResult } from './script.js';

const lone = {
  'Cargo.toml': '[package]\nname = "tool"\nversion = "1.2.3"\nedition = "2021"\n',
  'src/main.rs': 'fn main() {}\n',
};
const tag = (name: string) => ({ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: name });
const branch = (name: string) => ({ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: name });

/** What the job `plan` does: detect, then plan. */
async function plan(files: Record<string, string>, env: Record<string, string>): Promise<ScriptResult> {
  const folder = await folderWith(files);
  const found = (await runScript('detect.sh', ['build'], folder)).outputs;
  return runScript('release.sh', ['plan'], folder, {
    CARGO: found['cargo'] ?? '',
    BINARIES: found['binaries'] ?? '',
    GATES: found['skipped'] ?? '',
    ...env,
  });
}

function planned({ outputs, log, succeeded }: ScriptResult): (string | undefined)[] {
  assert(succeeded, log);
  return ['kind', 'tag', 'version', 'builds'].map((name) => outputs[name]);
}

describe('release.sh plan', function () {
  this.timeout(60_000);

  it('takes a strict version tag for production', async () => {
    const result = await plan(lone, tag('v1.2.3'));
    assert.deepEqual(planned(result), ['production', 'v1.2.3', '1.2.3', '.\t--bin tool']);
    assert.equal(result.outputs['programs'], 'tool');
    assert.deepEqual(Object.keys(JSON.parse(result.outputs['skipped'] ?? '') as object), ['publish-staging']);
  });

  it('makes a tag of its own for staging, which is none for production', async () => {
    const result = await plan(lone, branch('release-1.2'));
    assert.deepEqual(planned(result).slice(0, 3), ['staging', 'v1.2.3-rc.7', '1.2.3']);
    const again = await plan(lone, { ...branch('release-1.2'), GITHUB_RUN_ATTEMPT: '2' });
    assert.equal(again.outputs['tag'], 'v1.2.3-rc.7.2');
    const early = await plan(
      { ...lone, 'Cargo.toml': lone['Cargo.toml'].replace('1.2.3', '2.0.0-beta.1') },
      branch('release-2'),
    );
    assert.equal(early.outputs['tag'], 'v2.0.0-beta.1.7');
  });

  for (const name of ['v1.2.3-rc.1', 'v1.2', 'v1.2.3.4', 'version']) {
    it(`turns the tag ${name} away`, async () => {
      const result = await plan(lone, tag(name));
      assert.deepEqual(planned(result), ['none', '', '', '']);
      assert.match(result.summary, /Nothing to release[\s\S]*is not a release: its tag would be like v1\.2\.3/);
      assert.equal(Object.keys(JSON.parse(result.outputs['skipped'] ?? '') as object).length, 3);
    });
  }

  it('refuses a tag that Cargo.toml does not agree with', async () => {
    const result = await plan(lone, tag('v1.2.4'));
    assert.equal(result.succeeded, false);
    assert.match(result.log, /::error .*The tag v1\.2\.4 and Cargo\.toml disagree: tool 1\.2\.3\./);
  });

  it('has nothing to release in an empty repository', async () => {
    const result = await plan({ 'README.md': '' }, tag('v1.2.3'));
    assert.deepEqual(planned(result), ['none', '', '', '']);
    assert.match(result.summary, /There is no Cargo\.toml yet/);
  });

  it('releases a library without programs', async () => {
    const result = await plan({ 'Cargo.toml': lone['Cargo.toml'], 'src/lib.rs': '' }, tag('v1.2.3'));
    assert.deepEqual(planned(result), ['production', 'v1.2.3', '1.2.3', '']);
    assert.match(result.outputs['skipped'] ?? '', /"build":"There is no binary target\."/);
  });

  const workspace = {
    'Cargo.toml': '[workspace]\nmembers = ["cli", "core", "xtask"]\nresolver = "2"\n',
    'Cargo.lock': 'version = 4\n',
    'cli/Cargo.toml': '[package]\nname = "cli"\nversion = "2.0.0"\n',
    'cli/src/main.rs': 'fn main() {}\n',
    'cli/src/bin/extra.rs': 'fn main() {}\n',
    'core/Cargo.toml': '[package]\nname = "core-lib"\nversion = "0.4.0"\n',
    'core/src/lib.rs': '',
    'xtask/Cargo.toml': '[package]\nname = "xtask"\nversion = "2.0.0"\n',
    'xtask/src/main.rs': 'fn main() {}\n',
  };

  it('goes by the programs of a workspace, and leaves xtask out', async () => {
    const result = await plan(workspace, tag('v2.0.0'));
    assert.equal(result.outputs['builds'], 'cli\t--bin cli --bin extra --locked');
    assert.equal(result.outputs['programs'], 'cli\nextra');
    assert.equal((await plan(workspace, tag('v0.4.0'))).succeeded, false);
    assert.equal((await plan(workspace, branch('release-2'))).outputs['version'], '2.0.0');
  });

  it('goes by the package at the root of a workspace', async () => {
    const files = {
      ...workspace,
      'Cargo.toml': `[package]\nname = "top"\nversion = "3.0.0"\n${workspace['Cargo.toml']}`,
      'src/lib.rs': '',
    };
    assert.equal((await plan(files, tag('v3.0.0'))).succeeded, true);
    assert.equal((await plan(files, tag('v2.0.0'))).succeeded, false);
  });

  it('asks for the version in the name of the branch where packages differ', async () => {
    const files = { ...workspace, 'core/src/main.rs': 'fn main() {}\n' };
    const result = await plan(files, branch('release-next'));
    assert.match(
      result.log,
      /::error .*several versions \(cli 2\.0\.0, core-lib 0\.4\.0\): name the branch release-VERSION/,
    );
    assert.equal((await plan(files, branch('release-0.4.0'))).outputs['programs'], 'core-lib');
  });
});

/** A `gh` that notes its calls and knows one release. */
function gh(release: { tag: string; draft: boolean } | undefined, published: readonly string[] = []): string {
  const known = release === undefined ? 'false' : `[[ $3 == ${release.tag} ]]`;
  return `echo "$*" >>"$RUNNER_TEMP/calls"
case "$1 $2" in
  'release view')
    if [[ $* == *url,assets* ]]; then echo '{"url":"https://x/1","assets":[{"name":"a","size":3,"digest":"sha256:00"},{"name":"b","size":1,"digest":null}]}'; exit; fi
    if ${known}; then echo ${String(release?.draft ?? false)}; else echo 'release not found' >&2; exit 1; fi ;;
  'release list') printf '%s\\n' ${published.join(' ')} ;;
esac`;
}

async function release(
  step: string,
  env: Record<string, string>,
  program: string,
  files: Record<string, string> = {},
): Promise<{ result: ScriptResult; calls: string[] }> {
  const temp = await folderWith(files);
  const result = await runScript(
    'release.sh',
    [step],
    await folderWith({}),
    { ...env, RUNNER_TEMP: temp },
    { gh: program },
  );
  const calls = (await readFile(join(temp, 'calls'), 'utf8').catch(() => '')).replaceAll(`${temp}/`, '');
  return { result, calls: calls.trim().split('\n') };
}

describe('release.sh draft', function () {
  this.timeout(60_000);
  const production = { KIND: 'production', TAG: 'v1.2.3' };

  it('makes a draft with every file', async () => {
    const { result, calls } = await release('draft', production, gh(undefined), {
      'dist/a.zip': '',
      'dist/SHA256SUMS': '',
    });
    assert(result.succeeded, result.log);
    assert.equal(
      calls[1],
      'release create v1.2.3 --draft --title v1.2.3 --generate-notes --verify-tag dist/SHA256SUMS dist/a.zip',
    );
  });

  it('makes one without files for a library', async () => {
    const { calls } = await release('draft', production, gh(undefined));
    assert.equal(calls[1], 'release create v1.2.3 --draft --title v1.2.3 --generate-notes --verify-tag');
  });

  it('makes a prerelease of the commit for staging', async () => {
    const { calls } = await release('draft', { KIND: 'staging', TAG: 'v1.2.3-rc.7' }, gh(undefined));
    assert.match(calls[1] ?? '', /--prerelease --target 0123456789abcdef0123456789abcdef01234567$/);
  });

  it('begins again where an attempt left a draft', async () => {
    const { calls } = await release('draft', production, gh({ tag: 'v1.2.3', draft: true }));
    assert.equal(calls[1], 'release delete v1.2.3 --yes');
    assert.match(calls[2] ?? '', /^release create/);
  });

  it('never replaces a release that is published', async () => {
    const { result, calls } = await release('draft', production, gh({ tag: 'v1.2.3', draft: false }));
    assert.equal(result.succeeded, false);
    assert.match(result.log, /::error .*is published already/);
    assert.equal(calls.length, 1);
  });

  it('goes no further when GitHub cannot be asked', async () => {
    const { result, calls } = await release(
      'draft',
      production,
      'echo "$*" >>"$RUNNER_TEMP/calls"; echo "HTTP 502" >&2; exit 1',
    );
    assert.equal(result.succeeded, false);
    assert.match(result.log, /cannot be found out: HTTP 502/);
    assert.equal(calls.length, 1);
  });
});

describe('release.sh publish', function () {
  this.timeout(60_000);

  it('makes the newest version the latest release', async () => {
    const program = gh(undefined, ['v1.2.2', 'v1.10.0-rc.1', 'v0.9.0']);
    const { result, calls } = await release('publish', { KIND: 'production', TAG: 'v1.2.3' }, program);
    assert.equal(calls[1], 'release edit v1.2.3 --draft=false --latest');
    assert.deepEqual(JSON.parse(result.outputs['part'] ?? ''), {
      release: {
        url: 'https://x/1',
        assets: [
          { name: 'a', size: 3, sha256: '00' },
          { name: 'b', size: 1, sha256: null },
        ],
      },
    });
  });

  it('leaves a newer version the latest release', async () => {
    const { calls } = await release(
      'publish',
      { KIND: 'production', TAG: 'v1.2.3' },
      gh(undefined, ['v1.10.0', 'v1.2.2']),
    );
    assert.equal(calls[1], 'release edit v1.2.3 --draft=false --latest=false');
  });

  it('makes no prerelease the latest release', async () => {
    const { calls } = await release('publish', { KIND: 'staging', TAG: 'v1.2.3-rc.7' }, gh(undefined));
    assert.equal(calls[0], 'release edit v1.2.3-rc.7 --draft=false');
  });
});
