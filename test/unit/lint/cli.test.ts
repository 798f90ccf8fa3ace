import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import * as v from 'valibot';
import { lintCommand } from '../../../src/cli/lint/lint';
import type { LintStreams } from '../../../src/cli/lint/lint';

const broken = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 0
    steps:
      - run: cargo test
        if: github.reff == 'x'
`;
const own = (code: string) => ['number-range', 'unknown-property'].includes(code);

const finding = v.strictObject({
  file: v.string(),
  line: v.number(),
  column: v.number(),
  endLine: v.number(),
  endColumn: v.number(),
  code: v.string(),
  category: v.string(),
  severity: v.picklist(['error', 'warning', 'info', 'hint']),
  message: v.string(),
  url: v.pipe(v.string(), v.url()),
  fixable: v.boolean(),
});
const answer = v.strictObject({
  file: v.string(),
  ms: v.number(),
  diagnostics: v.array(finding),
  crash: v.optional(v.string()),
});

describe('rust-ci lint', () => {
  let folder: string;
  let out: string;
  let err: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rust-ci-lint-'));
    await write('.github/workflows/ci.yml', broken);
    out = err = '';
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(path: string, text: string): Promise<string> {
    const full = join(folder, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    return full;
  }

  const streams = (input: readonly string[] = []): LintStreams => {
    const stdin = new PassThrough();
    stdin.end(input.map((line) => `${line}\n`).join(''));
    return { input: stdin, print: (text) => (out += text), tell: (text) => (err += text), env: {} };
  };
  const run = (...args: string[]) => lintCommand(args, streams());
  const workflow = () => join(folder, '.github/workflows/ci.yml');

  it('finds the files of a folder and shows each finding with its line and a caret', async () => {
    assert.equal(await run(folder), 1);
    assert.match(
      out,
      /ci\.yml:5:22: error: "timeout-minutes" needs a number greater than 0, not 0\. \[number-range\]\n 5 \| {5}timeout-minutes: 0\n {3}\| {22}\^\n/,
    );
    assert.match(out, /\n\d+ errors?.* in 1 file\..*can be fixed with --fix\.\n$/);
  });

  it('prints JSON with lines and columns from 1', async () => {
    assert.equal(await run('--format', 'json', workflow()), 1);
    const findings = v.parse(v.array(finding), JSON.parse(out)).filter(({ code }) => own(code));
    assert.deepEqual(
      findings.map(({ line, column, endLine, endColumn, code, fixable }) => [
        line,
        column,
        endLine,
        endColumn,
        code,
        fixable,
      ]),
      [
        [5, 22, 5, 23, 'number-range', false],
        [8, 20, 8, 24, 'unknown-property', true],
      ],
    );
  });

  it('prints SARIF and commands for GitHub', async () => {
    await run('--format', 'sarif', workflow());
    const sarif = v.parse(
      v.object({
        version: v.literal('2.1.0'),
        runs: v.array(
          v.object({
            tool: v.object({ driver: v.object({ rules: v.array(v.object({ id: v.string() })) }) }),
            results: v.array(v.object({ ruleId: v.string(), level: v.picklist(['error', 'warning', 'note']) })),
          }),
        ),
      }),
      JSON.parse(out),
    );
    const [first] = sarif.runs;
    const ids = first?.tool.driver.rules.map(({ id }) => id);
    assert.ok(first?.results.every(({ ruleId }) => ids?.includes(ruleId)));
    out = '';
    await run('--format', 'github', workflow());
    assert.match(out, /^::error file=.*ci\.yml,line=5,col=22,endLine=5,endColumn=23,title=number-range::/m);
  });

  it('repairs files, and keeps their line breaks', async () => {
    const file = await write('.github/workflows/fix.yml', broken.replaceAll('\n', '\r\n'));
    await run('--fix', file);
    const fixed = await readFile(file, 'utf8');
    assert.match(fixed, /if: github\.ref == 'x'\r\n/);
    assert.doesNotMatch(fixed, /[^\r]\n/);
  });

  it('exits with 0 when nothing reaches the threshold, and prints only what does', async () => {
    const clean = await write('clean.yml', broken.replace('minutes: 0', 'minutes: 5').replace('reff', 'ref'));
    assert.equal(await run('--min-severity', 'error', clean), 0);
    assert.match(out, /No problems in 1 file\./);
    assert.equal(await run('--min-severity', 'error', '--format', 'json', workflow()), 1);
    assert.doesNotMatch(out, /"severity": "(?:warning|info|hint)"/);
  });

  it('exits with 2 for wrong use and for files that cannot be read', async () => {
    for (const wrong of [['--format', 'xml'], ['--what'], ['--batch', 'x'], ['--min-severity', 'bad']]) {
      err = '';
      assert.equal(await run(...wrong), 2);
      assert.match(err, /rust-ci lint: .*\n[^]*Usage: rust-ci lint/);
    }
    err = '';
    assert.equal(await run(join(folder, 'missing.yml'), workflow()), 2);
    assert.match(err, /missing\.yml cannot be read/);
    assert.match(out, /number-range/, 'the other file is checked all the same');
  });

  it('answers in batch mode with one line for each path, in order', async () => {
    const missing = join(folder, 'missing.yml');
    const paths = [workflow(), missing, workflow()];
    assert.equal(await lintCommand(['--batch'], streams(paths)), 0);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => v.parse(answer, JSON.parse(line)));
    assert.deepEqual(
      answers.map(({ file }) => file),
      paths,
    );
    assert.deepEqual(answers[0]?.diagnostics.map(({ code }) => code).filter(own), ['number-range', 'unknown-property']);
    assert.match(answers[1]?.crash ?? '', /ENOENT/);
    assert.equal(answers[0].crash, undefined);
  });

  it('finds other files of the repository, from its root or from LINT_ROOT', async () => {
    await write(
      '.github/actions/setup/action.yml',
      'name: x\ndescription: y\noutputs:\n  a:\n    description: a\n    value: a\nruns:\n  using: composite\n  steps: [{run: echo, shell: bash}]\n',
    );
    const text = broken.replace(
      /- run[^]*/,
      '- id: setup\n        uses: ./.github/actions/setup\n      - run: echo ${{ steps.setup.outputs.b }}\n',
    );
    const inside = await write('.github/workflows/local.yml', text);
    await run('--format', 'json', inside);
    assert.match(out, /"undefined-output"/);
    const elsewhere = await mkdtemp(join(tmpdir(), 'rust-ci-lint-'));
    try {
      const outside = join(elsewhere, 'local.yml');
      await writeFile(outside, text);
      out = '';
      await lintCommand(['--format', 'json', outside], streams());
      assert.doesNotMatch(out, /"undefined-output"/);
      out = '';
      await lintCommand(['--format', 'json', outside], { ...streams(), env: { LINT_ROOT: folder } });
      assert.match(out, /"undefined-output"/);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('reports what is off by default when asked to, as hints', async () => {
    await run('--format', 'json', workflow());
    const before = v.parse(v.array(finding), JSON.parse(out)).length;
    out = '';
    await run('--format', 'json', '--all-rules', workflow());
    const all = v.parse(v.array(finding), JSON.parse(out));
    assert.ok(all.length > before);
  });
});
