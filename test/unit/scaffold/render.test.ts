import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { defaultOptions, workflowIds, type PipelineOptions } from '../../../src/core/pipeline/options.js';
import { render } from '../../../src/core/scaffold/render.js';
import { sampleTemplates, sha } from './sample-templates.js';

const options = (changes: Partial<PipelineOptions> = {}): PipelineOptions => ({ ...defaultOptions, ...changes });
const textOf = (changes: Partial<PipelineOptions>, path: string) =>
  render(sampleTemplates, options(changes)).get(path) ?? assert.fail(`${path} is not rendered`);
const one = (text: string, changes: Partial<PipelineOptions> = {}, path = 'x.yml') =>
  render(new Map([[path, text]]), options(changes)).get(path);

describe('render', () => {
  it('writes what a careful person would have written', () => {
    assert.equal(
      textOf({ gates: ['docs'] }, '.github/workflows/test.yml'),
      `# test
name: test
on:
  push:
    branches:
      - main

env:
  ROOTS: .

jobs:
  fmt:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@${sha('1')} # v7.0.1
      - run: bash .github/rust-ci/detect.sh

  docs:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@${sha('1')} # v7.0.1
      - run: cargo doc
      - run: cargo test --doc
`,
    );
  });

  it('takes nested blocks out with the outer one, and leaves no litter', () => {
    const text = textOf({ gates: ['nextest'] }, '.github/workflows/test.yml');
    assert.doesNotMatch(text, /docs|msrv|rust-ci:|\n\n\n|\n\n$/);
    assert.doesNotMatch(textOf({ gates: ['docs', 'nextest'] }, '.github/workflows/test.yml'), /test --doc/);
  });

  it('repeats blocks for every registry', () => {
    const { env } = parse(textOf({ registries: ['corp', 'my-other'] }, '.github/workflows/test.yml')) as {
      env: Record<string, string>;
    };
    assert.deepEqual(env, {
      ROOTS: '.',
      CARGO_REGISTRIES_CORP_TOKEN: '${{ secrets.CARGO_REGISTRIES_CORP_TOKEN }}',
      CARGO_REGISTRIES_MY_OTHER_TOKEN: '${{ secrets.CARGO_REGISTRIES_MY_OTHER_TOKEN }}',
    });
  });

  it('puts values where YAML reads them back', () => {
    for (const defaultBranch of ['main', 'release/2.x', 'true', '1.0', '-x', 'a:b', 'on', '@at', '!bang', 'a&b']) {
      const values = parse(
        one('a: x # rust-ci:value default-branch\nb: [x] # rust-ci:value branches\n', { defaultBranch }) ?? '',
      ) as unknown;
      assert.deepEqual(values, { a: defaultBranch, b: [defaultBranch] });
    }
    for (const roots of [['.'], ['a', '.'], ['1', '2'], ['.5'], ['a/b', 'c-d', 'e+f']]) {
      const { R } = parse(one('R: . # rust-ci:value roots\n', { roots }) ?? '') as { R: string };
      assert.equal(R, roots.join(' '));
    }
    assert.equal(one('- x # rust-ci:value default-branch'), '- main\n');
    assert.equal(one('  - N: 1 # rust-ci:value coverage-threshold'), '- N: 80\n');
  });

  it('fills in Markdown and leaves expressions alone', () => {
    assert.equal(
      textOf({ slack: false }, 'docs/ci-cd.md'),
      '# CI\n\nTests (test.yml) run on main and need 80 %.\n\nThe end of ${{ secrets.X }}.\n',
    );
    assert.match(textOf({ defaultBranch: '1.0' }, 'docs/ci-cd.md'), /run on 1\.0 and/);
    assert.match(textOf({}, 'docs/ci-cd.md'), /Slack is told\.\n\nThe end/);
  });

  it('writes only what the chosen workflows need', () => {
    const paths = (workflows: PipelineOptions['workflows']) => [
      ...render(sampleTemplates, options({ workflows })).keys(),
    ];
    assert.deepEqual(paths([...workflowIds]), [...sampleTemplates.keys()]);
    assert.deepEqual(paths(['rollback']), [
      '.github/workflows/rollback.yml',
      '.github/rust-ci/retag.sh',
      '.github/dependabot.yml',
      'docs/ci-cd.md',
    ]);
    assert(paths(['test']).includes('.github/rust-ci/library.sh'), 'a script that a script calls');
    assert(!paths(['test']).includes('deny.toml'));
  });

  it('calls renamed files by their new names', () => {
    const files = render(sampleTemplates, options(), {
      '.github/workflows/test.yml': '.github/workflows/rust-ci-test.yml',
    });
    assert(!files.has('.github/workflows/test.yml'));
    assert.match(files.get('.github/workflows/rust-ci-test.yml') ?? '', /^# test\nname: test\n/);
    assert.match(files.get('docs/ci-cd.md') ?? '', /\(rust-ci-test\.yml\)/);
  });

  it('refuses templates with mistakes', () => {
    assert.throws(() => one('# rust-ci:if slack\n'), /x\.yml: a block does not end/);
    assert.throws(() => one('# rust-ci:end\n'), /x\.yml: a block ends that did not begin/);
    assert.throws(() => one('# rust-ci:if nonsense\n# rust-ci:end\n'), /condition "nonsense" is unknown/);
    assert.throws(() => one('a: b # rust-ci:value nonsense\n'), /unknown value "nonsense"/);
  });
});
