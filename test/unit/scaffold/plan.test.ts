import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { defaultOptions, type PipelineOptions } from '../../../src/core/pipeline/options.js';
import { InputError } from '../../../src/core/scaffold/input-error.js';
import { manifestPath, readManifest } from '../../../src/core/scaffold/manifest.js';
import { plan, type Action, type Choices, type Plan, type Release } from '../../../src/core/scaffold/plan.js';
import { render } from '../../../src/core/scaffold/render.js';
import { MemoryWorkspace } from './memory-workspace.js';
import { changed, sampleTemplates, sha } from './sample-templates.js';

const testYml = '.github/workflows/test.yml';
const securityYml = '.github/workflows/security.yml';
const first: Release = { version: '0.9.0', templates: sampleTemplates };

/** Plans with the options of the manifest, as an update does. */
async function planned(
  workspace: MemoryWorkspace,
  { release = first, choices = {}, options }: { release?: Release; choices?: Choices; options?: PipelineOptions } = {},
): Promise<Plan> {
  const manifest = await readManifest(workspace);
  const released = new Map([first, release].map(({ version, templates }) => [version, () => templates]));
  return plan(workspace, {
    options: options ?? manifest?.options ?? defaultOptions,
    manifest,
    choices,
    release,
    released,
  });
}

const actions = ({ files }: Plan): Record<string, Action> =>
  Object.fromEntries(files.filter(({ action }) => action !== 'unchanged').map(({ path, action }) => [path, action]));

async function scaffolded(files: Record<string, string> = {}): Promise<MemoryWorkspace> {
  const workspace = new MemoryWorkspace(files);
  workspace.apply(await planned(workspace));
  return workspace;
}

function edit(workspace: MemoryWorkspace, path: string, change: (text: string) => string): void {
  const text = workspace.files.get(path) ?? assert.fail(`${path} is missing`);
  const next = change(text);
  assert.notEqual(next, text, 'the edit changes something');
  workspace.files.set(path, next);
}

const refused = async (promise: Promise<unknown>): Promise<InputError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof InputError, 'it is refused');
  return error;
};

describe('plan', () => {
  it('creates everything once', async () => {
    const workspace = new MemoryWorkspace();
    const result = await planned(workspace);
    const expected = [...render(sampleTemplates, defaultOptions)];
    assert.deepEqual(
      result.changes.slice(0, -1).map(({ path, after }) => [path, after]),
      expected.sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    assert(result.files.every(({ action }) => action === 'create'));
    assert.deepEqual(
      result.files.filter(({ executable }) => executable).map(({ path }) => path),
      ['.github/rust-ci/detect.sh', '.github/rust-ci/library.sh', '.github/rust-ci/retag.sh'],
    );
    workspace.apply(result);
    assert.deepEqual((await planned(workspace)).changes, []);
  });

  it('records what it generated', async () => {
    const workspace = await scaffolded();
    const manifest = JSON.parse(workspace.files.get(manifestPath) ?? '') as Record<string, unknown>;
    assert.deepEqual(Object.keys(manifest), ['schema', 'template', 'options', 'files']);
    assert.deepEqual(manifest['options'], defaultOptions);
    assert.equal(
      (manifest['files'] as Record<string, string>)['deny.toml'],
      createHash('sha256')
        .update(workspace.files.get('deny.toml') ?? '')
        .digest('hex'),
    );
  });

  it('replaces what was not edited, also with other line endings', async () => {
    const workspace = await scaffolded();
    edit(workspace, securityYml, (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    assert.deepEqual((await planned(workspace)).changes, []);
    const release = {
      version: '1.0.0',
      templates: changed([[securityYml, 'cargo audit', 'cargo audit --deny warnings']]),
    };
    const result = await planned(workspace, { release });
    assert.deepEqual(actions(result), { [securityYml]: 'replace', [manifestPath]: 'replace' });
    const text = result.changes[0]?.after ?? '';
    assert(text.startsWith('\uFEFF# security\r\n') && text.endsWith('cargo audit --deny warnings\r\n'));
    assert.doesNotMatch(text, /[^\r]\n/);
  });

  it('merges edits with a newer template and keeps them after that', async () => {
    const workspace = await scaffolded();
    edit(workspace, testYml, (text) => text.replace('name: test', 'name: my tests').replaceAll('\n', '\r\n'));
    const release = { version: '1.0.0', templates: changed([[testYml, 'cargo check', 'cargo check --locked']]) };
    const result = await planned(workspace, { release });
    assert.deepEqual(actions(result), { [testYml]: 'merge', [manifestPath]: 'replace' });
    assert.match(result.changes[0]?.after ?? '', /name: my tests\r\n[^]*cargo check --locked\r\n/);
    workspace.apply(result);
    assert.deepEqual(actions(await planned(workspace, { release })), {});
  });

  it('property: whatever is edited and asked for, no line of the user is lost, and a second update has nothing to do', async function () {
    this.timeout(30_000);
    const edits = fc.array(fc.record({ at: fc.nat(60), line: fc.uuid(), drop: fc.boolean() }), { maxLength: 6 });
    const wishes = fc.record({
      gates: fc.subarray([...defaultOptions.gates]),
      threshold: fc.integer({ min: 0, max: 100 }),
      branch: fc.constantFrom('main', 'trunk'),
    });
    const property = fc.asyncProperty(edits, fc.boolean(), wishes, async (changes, carriageReturns, wish) => {
      const workspace = await scaffolded();
      const lines = (workspace.files.get(testYml) ?? '').split('\n');
      for (const { at, line, drop } of changes) lines.splice(at, drop ? 1 : 0, `# ${line}`);
      const mine = lines.filter((line) => changes.some((change) => line === `# ${change.line}`));
      workspace.files.set(testYml, lines.join(carriageReturns ? '\r\n' : '\n'));
      const { gates, threshold, branch } = wish;
      const options = { ...defaultOptions, gates, defaultBranch: branch, coverage: { threshold, codecov: true } };
      workspace.apply(await planned(workspace, { options, choices: { conflicts: 'yours' } }));
      const text = workspace.files.get(testYml) ?? '';
      assert(mine.every((line) => text.includes(line)));
      assert.equal(text.includes('\r\n'), carriageReturns);
      assert.deepEqual((await planned(workspace)).changes, []);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it('leaves edits alone when the template did not change', async () => {
    const workspace = await scaffolded();
    edit(workspace, testYml, (text) => `${text}# mine\n`);
    const result = await planned(workspace);
    assert.deepEqual(result.changes, []);
    assert.match(result.files.find(({ path }) => path === testYml)?.reason ?? '', /your edits stay/);
  });

  it('takes lines that make no YAML together for a conflict', async () => {
    const workspace = await scaffolded();
    const job = '  extra:\n    runs-on: x\n    steps: []\n';
    edit(workspace, securityYml, (text) => text.replace('jobs:\n', `jobs:\n${job}`));
    const release = {
      version: '1.0.0',
      templates: changed([[securityYml, 'run: cargo audit\n', `run: cargo audit\n${job}`]]),
    };
    const { open } = await planned(workspace, { release });
    assert.deepEqual(
      open.map(({ path, action }) => [path, action]),
      [[securityYml, 'conflict']],
    );
    workspace.apply(await planned(workspace, { release, choices: { conflicts: 'yours' } }));
    assert.equal(workspace.files.get(securityYml)?.split('extra:').length, 2);
  });

  describe('with a conflict', () => {
    const release = { version: '1.0.0', templates: changed([[testYml, 'cargo check', 'cargo check --locked']]) };
    const conflicting = async () => {
      const workspace = await scaffolded();
      edit(workspace, testYml, (text) => text.replace('cargo check', 'cargo check --offline'));
      return workspace;
    };

    it('writes nothing and shows all sides', async () => {
      const workspace = await conflicting();
      const result = await planned(workspace, { release });
      assert.deepEqual(
        result.open.map(({ path, action }) => [path, action]),
        [[testYml, 'conflict']],
      );
      const sides = result.open[0]?.sides;
      assert.match(sides?.base ?? '', /run: cargo check\n/);
      assert.match(sides?.yours ?? '', /run: cargo check --offline\n/);
      assert.match(sides?.theirs ?? '', /run: cargo check --locked\n/);
      assert.match(sides?.marked ?? '', /<<<<<<< yours\n +- run: cargo check --offline\n/);
      assert.equal(result.open[0]?.after, undefined);
    });

    const choices: [Choices['conflicts'], RegExp][] = [
      ['yours', /cargo check --offline\n$/],
      ['theirs', /cargo check --locked\n$/],
      ['markers', />>>>>>> template\n$/],
      [new Map([[testYml, { text: 'finished\n' }]]), /^finished\n$/],
    ];
    for (const [conflicts, expected] of choices) {
      it(`is settled by ${typeof conflicts === 'string' ? conflicts : 'a finished merge'}`, async () => {
        const workspace = await conflicting();
        workspace.apply(await planned(workspace, { release, choices: { conflicts } as Choices }));
        assert.match(workspace.files.get(testYml) ?? '', expected);
        assert.deepEqual(actions(await planned(workspace, { release })), {}, 'and stays settled');
      });
    }
  });

  describe('with pins that moved', () => {
    const newer = `${sha('3')} # v8.0.0`;
    it('does not count them as edits, and never moves them back', async () => {
      const workspace = await scaffolded();
      edit(workspace, testYml, (text) => text.replaceAll(`${sha('1')} # v7.0.1`, newer));
      assert.deepEqual((await planned(workspace)).changes, []);
      const templates = changed([
        [testYml, `${sha('1')} # v7.0.1`, `${sha('2')} # v7.1.0`],
        [testYml, 'cargo doc', 'cargo doc --locked'],
      ]);
      const result = await planned(workspace, { release: { version: '1.0.0', templates } });
      assert.deepEqual(actions(result), { [testYml]: 'replace', [manifestPath]: 'replace' });
      const text = result.changes[0]?.after ?? '';
      assert.equal(text.split(newer).length, 3);
      assert.match(text, /cargo doc --locked/);
      assert.doesNotMatch(text, new RegExp(sha('2')));
    });

    it('moves them on where the template is further', async () => {
      const workspace = await scaffolded();
      edit(workspace, testYml, (text) => text.replaceAll(`${sha('1')} # v7.0.1`, newer));
      const templates = changed([[testYml, `${sha('1')} # v7.0.1`, `${sha('4')} # v9.0.0`]]);
      const result = await planned(workspace, { release: { version: '1.0.0', templates } });
      assert.match(result.changes[0]?.after ?? '', new RegExp(`${sha('4')} # v9.0.0`));
    });

    it('uses them in files that are new', async () => {
      const workspace = new MemoryWorkspace();
      const templates = changed([
        [securityYml, '      - run: cargo audit', `      - uses: actions/checkout@${sha('1')} # v7.0.1`],
      ]);
      const release = { version: '1.0.0', templates };
      workspace.apply(await planned(workspace, { release, options: { ...defaultOptions, workflows: ['test'] } }));
      edit(workspace, testYml, (text) => text.replaceAll(`${sha('1')} # v7.0.1`, newer));
      workspace.apply(await planned(workspace, { release, options: defaultOptions }));
      assert.match(workspace.files.get(securityYml) ?? '', new RegExp(newer));
      assert.deepEqual((await planned(workspace, { release })).changes, []);
    });
  });

  it('leaves deleted files deleted until asked, for good', async () => {
    const workspace = await scaffolded();
    workspace.files.delete(testYml);
    assert.deepEqual(actions(await planned(workspace)), { [testYml]: 'deleted' });
    const release = {
      version: '1.0.0',
      templates: changed([
        [testYml, 'cargo doc', 'cargo doc --locked'],
        [securityYml, 'cargo audit', 'cargo audit -D'],
      ]),
    };
    workspace.apply(await planned(workspace, { release }));
    assert.deepEqual(actions(await planned(workspace, { release })), { [testYml]: 'deleted' });
    assert(!workspace.files.has(testYml));
    const restored = await planned(workspace, { release, choices: { restore: new Set([testYml]) } });
    assert.deepEqual(actions(restored), { [testYml]: 'create', [manifestPath]: 'replace' });
    workspace.apply(restored);
    assert.deepEqual(actions(await planned(workspace, { release })), {});
  });

  it('leaves an edited workflow that the options no longer ask for the scripts that it calls', async () => {
    const workspace = new MemoryWorkspace({});
    workspace.apply(await plan(workspace, { options: defaultOptions, manifest: undefined }));
    edit(workspace, securityYml, (text) => `${text}# Ours.\n`);
    edit(workspace, '.github/workflows/rollback.yml', (text) => `${text}# Ours.\n`);
    const options: PipelineOptions = { ...defaultOptions, workflows: ['test'] };
    workspace.apply(await plan(workspace, { options, manifest: await readManifest(workspace) }));
    const left = [...workspace.files.keys()].filter((path) => path.startsWith('.github/rust-ci/'));
    // rollback.yml calls rollback.sh, which needs image.sh.
    for (const name of ['audit', 'deny', 'gitleaks', 'zizmor', 'rollback', 'image'])
      assert(left.includes(`.github/rust-ci/${name}.sh`), name);
    for (const name of ['benchmarks', 'release']) assert(!left.includes(`.github/rust-ci/${name}.sh`), name);
    assert.deepEqual((await plan(workspace, { options, manifest: await readManifest(workspace) })).changes, []);
  });

  it('removes what the options no longer ask for, unless it was edited', async () => {
    const workspace = await scaffolded();
    const options: PipelineOptions = { ...defaultOptions, workflows: ['test'] };
    edit(workspace, securityYml, (text) => `${text}# mine\n`);
    const result = await planned(workspace, { options });
    assert.deepEqual(actions(result), {
      '.github/rust-ci/retag.sh': 'remove',
      '.github/workflows/rollback.yml': 'remove',
      [securityYml]: 'kept',
      'deny.toml': 'remove',
      [manifestPath]: 'replace',
    });
    workspace.apply(result);
    assert(workspace.files.has(securityYml) && !workspace.files.has('deny.toml'));
    assert.deepEqual(actions(await planned(workspace)), {});
  });

  it('lets configuration of the user be, under any name', async () => {
    const workspace = new MemoryWorkspace({
      'deny.toml': '# theirs\n',
      '.github/dependabot.yaml': 'version: 2\n',
      'docs/ci-cd.md': '# theirs\n',
    });
    const result = await planned(workspace);
    const kept = result.files.filter(({ action }) => action === 'kept');
    assert.deepEqual(
      kept.map(({ path }) => path),
      ['.github/dependabot.yml', 'deny.toml', 'docs/ci-cd.md'],
    );
    assert.match(kept[0]?.reason ?? '', /dependabot\.yaml serves/);
    workspace.apply(result);
    assert.equal(workspace.files.get('deny.toml'), '# theirs\n');
    assert(!workspace.files.has('.github/dependabot.yml'));
    assert.deepEqual((await planned(workspace)).changes, []);
  });

  it('says what a foreign dependabot.yml lacks', async () => {
    const reason = async (text: string) => {
      const { files } = await planned(new MemoryWorkspace({ '.github/dependabot.yml': text }));
      return files.find(({ path }) => path === '.github/dependabot.yml')?.reason ?? '';
    };
    assert.match(await reason('version: 2\n'), /Add the ecosystem "github-actions"/);
    assert.doesNotMatch(await reason('version: 2\nupdates:\n  - package-ecosystem: "github-actions"\n'), /Add/);
  });

  describe('with a workflow of the same name', () => {
    const own = 'name: mine\non: push\n';

    it('waits for a decision', async () => {
      const result = await planned(new MemoryWorkspace({ [testYml]: own }));
      assert.deepEqual(
        result.open.map(({ path, action }) => [path, action]),
        [[testYml, 'foreign']],
      );
      assert.deepEqual([result.open[0]?.sides?.yours, result.open[0]?.sides?.base], [own, undefined]);
    });

    it('keeps it, and does not ask again', async () => {
      const workspace = new MemoryWorkspace({ [testYml]: own });
      workspace.apply(await planned(workspace, { choices: { foreign: 'keep' } }));
      assert.equal(workspace.files.get(testYml), own);
      assert.deepEqual(actions(await planned(workspace)), { [testYml]: 'kept' });
      assert.deepEqual((await readManifest(workspace))?.kept, [testYml]);
      workspace.apply(await planned(workspace, { choices: { foreign: 'replace' } }));
      assert.match(workspace.files.get(testYml) ?? '', /^# test/);
      assert.deepEqual((await readManifest(workspace))?.kept, []);
    });

    it('replaces it', async () => {
      const workspace = new MemoryWorkspace({ [testYml]: own.replaceAll('\n', '\r\n') });
      workspace.apply(await planned(workspace, { choices: { foreign: new Map([[testYml, 'replace']]) } }));
      assert.match(workspace.files.get(testYml) ?? '', /^# test\r\n/);
      assert.deepEqual((await planned(workspace)).changes, []);
    });

    it('writes ours under another name, which updates know', async () => {
      const renamed = '.github/workflows/rust-ci-test.yml';
      const taken = '.github/workflows/rust-ci-security.yml';
      const workspace = new MemoryWorkspace({ [testYml]: own, [securityYml]: own, [taken]: own });
      workspace.apply(await planned(workspace, { choices: { foreign: 'rename' } }));
      assert.equal(workspace.files.get(testYml), own);
      assert.equal(workspace.files.get(taken), own);
      assert.match(workspace.files.get(renamed) ?? '', /^# test/);
      assert.match(workspace.files.get('.github/workflows/rust-ci-security-2.yml') ?? '', /^# security/);
      assert.match(workspace.files.get('docs/ci-cd.md') ?? '', /\(rust-ci-test\.yml\)/);
      assert.deepEqual((await planned(workspace)).changes, []);
      edit(workspace, renamed, (text) => `${text}# mine\n`);
      const release = { version: '1.0.0', templates: changed([[testYml, 'name: test', 'name: tests']]) };
      const result = await planned(workspace, { release });
      assert.deepEqual(actions(result), { [renamed]: 'merge', [manifestPath]: 'replace' });
      assert.match(result.changes[0]?.after ?? '', /name: tests\n[^]*# mine\n$/);
    });

    it('takes it over when it is what we would write', async () => {
      const workspace = await scaffolded();
      edit(workspace, testYml, (text) => text.replaceAll('v7.0.1', 'v7'));
      workspace.files.delete(manifestPath);
      const result = await planned(workspace);
      assert.deepEqual(actions(result), { [manifestPath]: 'create' });
    });

    it('asks about scripts, too, and cannot rename them', async () => {
      const workspace = new MemoryWorkspace({ '.github/rust-ci/detect.sh': 'theirs\n' });
      for (const choices of [{}, { foreign: 'rename' } as const]) {
        const { open } = await planned(workspace, { choices });
        assert.deepEqual(
          open.map(({ path }) => path),
          ['.github/rust-ci/detect.sh'],
        );
      }
    });
  });

  describe('when what was generated then is not known', () => {
    const forget = (workspace: MemoryWorkspace) => {
      edit(workspace, manifestPath, (text) => text.replace('"0.9.0"', '"0.1.0"'));
    };

    it('replaces what is exactly as recorded', async () => {
      const workspace = await scaffolded();
      forget(workspace);
      const release = { version: '1.0.0', templates: changed([[testYml, 'cargo doc', 'cargo doc --locked']]) };
      assert.deepEqual(actions(await planned(workspace, { release })), {
        [testYml]: 'replace',
        [manifestPath]: 'replace',
      });
    });

    it('does not pretend: an edited file is a conflict without base', async () => {
      const workspace = await scaffolded();
      forget(workspace);
      edit(workspace, testYml, (text) => `${text}# mine\n`);
      const { open } = await planned(workspace);
      assert.deepEqual(
        open.map(({ path, action }) => [path, action]),
        [[testYml, 'conflict']],
      );
      assert.equal(open[0]?.sides?.base, undefined);
      assert.match(open[0]?.sides?.marked ?? '', /<<<<<<< yours\n# mine\n=======\n>>>>>>> template\n/);
    });

    it('does not trust a manifest whose hash does not fit either', async () => {
      const workspace = await scaffolded();
      edit(workspace, manifestPath, (text) =>
        text.replace(/("\.github\/workflows\/test\.yml": ")[0-9a-f]{4}/, '$1beef'),
      );
      edit(workspace, testYml, (text) => `${text}# mine\n`);
      assert.deepEqual(
        (await planned(workspace)).open.map(({ path }) => path),
        [testYml],
      );
    });

    it('keeps newer pins', async () => {
      const workspace = await scaffolded();
      forget(workspace);
      edit(workspace, testYml, (text) => text.replaceAll(`${sha('1')} # v7.0.1`, `${sha('3')} # v8`));
      const result = await planned(workspace);
      assert.deepEqual(actions(result), { [manifestPath]: 'replace' });
    });
  });

  it('takes options that were changed in the manifest by hand', async () => {
    const workspace = await scaffolded();
    edit(workspace, manifestPath, (text) => text.replace('"threshold": 80', '"threshold": 70'));
    const result = await planned(workspace);
    assert.deepEqual(actions(result), { 'docs/ci-cd.md': 'replace', [manifestPath]: 'replace' });
  });

  it('keeps the formatting of an unchanged manifest', async () => {
    const workspace = await scaffolded();
    edit(workspace, manifestPath, (text) => JSON.stringify(JSON.parse(text), null, '\t').replaceAll('\n', '\r\n'));
    assert.deepEqual((await planned(workspace)).changes, []);
  });

  it('touches no file that only the manifest claims', async () => {
    const workspace = await scaffolded({ 'src/main.rs': 'fn main() {}\n' });
    edit(workspace, manifestPath, (text) =>
      text.replace('"files": {', `"files": { "src/main.rs": "${'0'.repeat(64)}",`),
    );
    const result = await planned(workspace, { options: { ...defaultOptions, workflows: ['test'] } });
    assert(!result.files.some(({ path }) => path === 'src/main.rs'));
  });

  describe('refuses', () => {
    it('a folder that is a file, a file that is a folder, links that lead out', async () => {
      assert.equal(
        (await refused(planned(new MemoryWorkspace({ '.github/workflows': '' })))).file,
        '.github/workflows',
      );
      assert.equal((await refused(planned(new MemoryWorkspace({ '.github': '' })))).file, '.github');
      assert.equal((await refused(planned(new MemoryWorkspace({ 'deny.toml/x': '' })))).file, 'deny.toml');
      const linked = new MemoryWorkspace();
      linked.outside.add('.github');
      const error = await refused(planned(linked));
      assert.equal(error.file, '.github');
      assert.match(error.message, /leads out of the workspace/);
    });

    const manifests: [name: string, text: string, line: number, message: RegExp][] = [
      ['a broken manifest', '{\n  "schema": 1,\n  "template": }', 3, /not valid JSON: value expected/],
      ['an empty manifest', '', 1, /not valid JSON/],
      ['a manifest of a newer schema', '{\n  "schema": 2\n}', 2, /newer version/],
      [
        'a manifest of newer templates',
        '{\n  "schema": 1,\n  "template": "99.0.0"\n}',
        3,
        /newer version \(template 99\.0\.0/,
      ],
      ['a manifest with a wrong key', '{\n  "schema": 1,\n  "template": "x"\n}', 3, /"template" is not valid/],
      ['a manifest that is a list', '[]', 1, /"schema" is not valid/],
      [
        'a manifest with a path that leads out',
        `{\n"schema": 1, "template": "1.0.0", "options": ${JSON.stringify(defaultOptions)},\n"files": {\n"../x": "${'0'.repeat(64)}" } }`,
        4,
        /"files\.\.\.\/x" is not valid: must be a relative path/,
      ],
      [
        'a manifest that passes a source file off as a workflow',
        `{\n"schema": 1, "template": "1.0.0", "options": ${JSON.stringify(defaultOptions)}, "files": {},\n"renamed": {\n".github/workflows/test.yml": "src/main.rs" } }`,
        4,
        /must be the path of a workflow/,
      ],
      [
        'a manifest with a wrong option',
        `{\n"schema": 1,\n"template": "1.0.0",\n"options": {\n"workflows": [\n"tests"] }, "files": {} }`,
        6,
        /"options\.workflows\.0" is not valid/,
      ],
    ];
    for (const [name, text, line, message] of manifests) {
      it(name, async () => {
        const error = await refused(readManifest(new MemoryWorkspace({ [manifestPath]: text })));
        assert.deepEqual([error.file, error.position?.line], [manifestPath, line]);
        assert.match(error.message, message);
      });
    }
  });
});
