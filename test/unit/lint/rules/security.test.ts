import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/core/lint/fix/apply';
import { workflowOf } from '../../../../src/core/lint/rules/examples';
import { findingsOf, fixed, summary, withSteps } from '../linting';

const all = { settings: { allRules: true } };
const sha = '8e8c483db84b4bee98b60c0593521ed34d9990e8';
const found = (text: string, code: string, path?: string): string[] => summary(text, code, all, path);
const silent = (text: string, code: string, path?: string): void => {
  assert.deepEqual(found(text, code, path), [], text);
};
const reported = (text: string, code: string, path?: string): void => {
  assert.equal(found(text, code, path).length, 1, text);
};

describe('security rules', () => {
  it('adhoc-packages: knows options and workspaces in front of the subcommand', () => {
    for (const command of [
      'yarn workspace web add left-pad',
      'yarn global --prefix tools add left-pad',
      'pnpm --filter web add left-pad',
      'pnpm -C web add left-pad',
      'pnpm global add left-pad',
    ])
      reported(withSteps(`- run: ${command}`), 'adhoc-packages');
    silent(withSteps('- run: pnpm --filter add build'), 'adhoc-packages');
    silent(withSteps('- run: yarn workspace add build'), 'adhoc-packages');
  });

  it('anonymous-definition: an empty name is none', () => {
    assert.deepEqual(found('name:\non: push\njobs: {}\n', 'anonymous-definition'), ['1 anonymous-definition']);
  });

  it('cache-poisoning: setup-buildx-action keeps a version of Buildx in the cache', () => {
    const buildx = (inputs: string): string =>
      workflowOf(`- uses: docker/setup-buildx-action@v3\n  with:\n${inputs.replace(/^/gm, '    ')}`, { on: 'release' });
    reported(buildx('version: v0.20.0'), 'cache-poisoning');
    silent(buildx('version: v0.20.0\ncache-binary: false'), 'cache-poisoning');
    silent(buildx('driver: docker'), 'cache-poisoning');
  });

  it('cache-poisoning: a cache that is off for tags poisons no release', () => {
    silent(
      workflowOf("- uses: PyO3/maturin-action@v1\n  with:\n    sccache: ${{ !startsWith(github.ref, 'refs/tags/') }}", {
        on: 'release',
      }),
      'cache-poisoning',
    );
  });

  it('cache-poisoning: an empty filter of tags names no tags', () => {
    const step = '- uses: Swatinem/rust-cache@v2';
    silent(workflowOf(step, { on: '\n  push:\n    branches: [main]\n    tags:' }), 'cache-poisoning');
  });

  it('cache-poisoning, artipacked: repair nothing with an input that the version does not have', () => {
    const node = workflowOf('- uses: actions/setup-node@v4\n  with:\n    node-version: 22', { on: 'release' });
    assert.equal(fixed(node, 'cache-poisoning'), node);
    const checkout = withSteps('- uses: actions/checkout@v1');
    assert.equal(fixed(checkout, 'artipacked'), checkout);
  });

  it('artipacked: weighs a pinned commit like its version', () => {
    const severities = ['v7', `${sha} # v7.0.1`, `${sha} # v4.2.2`].map(
      (ref) =>
        findingsOf(withSteps(`- uses: actions/checkout@${ref}`)).find(({ code }) => code === 'artipacked')?.severity,
    );
    assert.deepEqual(severities, ['info', 'info', 'warning']);
  });

  it('misfeature: an action in a folder of setup-python is another one', () => {
    silent(withSteps('- uses: actions/setup-python/other@v5\n  with:\n    pip-install: x'), 'misfeature');
  });

  it('secrets-outside-env: an empty environment is none, and conditions have no secrets', () => {
    reported(withSteps('- run: x\n  env:\n    A: ${{ secrets.A }}', 'environment:'), 'secrets-outside-env');
    silent(withSteps("- run: x\n  if: secrets.A != ''"), 'secrets-outside-env');
  });

  it('self-hosted-runner: a list with an expression may hold anything', () => {
    reported(withSteps('- run: x').replace('ubuntu-latest', '["${{ inputs.runner }}", linux]'), 'self-hosted-runner');
    silent(
      withSteps(
        '- run: x',
        'strategy:\n  matrix:\n    os: [self-hosted, ubuntu-latest]\n    exclude: [{ os: self-hosted }]',
      ).replace('ubuntu-latest\n', '${{ matrix.os }}\n'),
      'self-hosted-runner',
    );
  });

  it('template-injection: the options of docker-run-action are a part of a command', () => {
    reported(
      withSteps('- uses: addnab/docker-run-action@v3\n  with:\n    options: -v ${{ github.workspace }}:/work'),
      'template-injection',
    );
  });

  it('template-injection: repairs a script of many values', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `    echo "\${{ steps.a.outputs.v${index} }}"`).join('\n');
    silent(fixed(withSteps(`- run: |\n${lines}`), 'template-injection'), 'template-injection');
  });

  it('undocumented-permissions: "none" needs a reason, an empty comment is none, one behind the list counts', () => {
    const block = (permissions: string): string => workflowOf('- run: x', { permissions });
    reported(block('\n  contents: none'), 'undocumented-permissions');
    reported(block('\n  issues: write #'), 'undocumented-permissions');
    silent(block('{ issues: write, packages: read } # the release'), 'undocumented-permissions');
  });

  it('unpinned-images: a digest may come from a matrix, an image of an action counts', () => {
    silent(
      withSteps('- run: x', 'strategy:\n  matrix:\n    digest: [sha256:1]\ncontainer: ubuntu@${{ matrix.digest }}'),
      'unpinned-images',
    );
    const action = (image: string): string => `name: A\ndescription: B\nruns:\n  using: docker\n  image: ${image}\n`;
    reported(action('docker://alpine'), 'unpinned-images', 'action.yml');
    silent(action('Dockerfile'), 'unpinned-images', 'action.yml');
    silent(action(`docker://alpine@sha256:${'a'.repeat(64)}`), 'unpinned-images', 'action.yml');
  });

  it('unpinned-images: an image that a matrix takes from elsewhere may be any', () => {
    reported(
      withSteps('- run: x', 'strategy:\n  matrix:\n    image: ["${{ inputs.image }}"]\ncontainer: ${{ matrix.image }}'),
      'unpinned-images',
    );
  });

  it('unredacted-secrets: all secrets as JSON are none', () => {
    reported(withSteps('- run: x\n  env:\n    A: ${{ fromJSON(secrets) }}'), 'unredacted-secrets');
  });

  it('unsound-condition: braces in a text end no expression', () => {
    silent(withSteps("- run: x\n  if: ${{ format('}}') == github.ref }}"), 'unsound-condition');
    silent(withSteps("- run: x\n  if: ${{ '}} ' == github.ref || '${{' == github.ref }}"), 'unsound-condition');
  });

  it('unsound-condition, literal-condition: repair only what then is an expression', () => {
    const text = withSteps('- run: x\n  if: ${{ matrix.path }}"', 'strategy:\n  matrix:\n    path: [a]');
    assert.equal(fixed(text, 'literal-condition'), text);
    for (const { code, fixes } of findingsOf(text))
      if (code === 'unsound-condition' || code === 'literal-condition') assert.deepEqual(fixes, []);
  });

  it('unsound-condition: takes an empty line in front away', () => {
    const text = withSteps('- run: x\n  if: |-\n\n    ${{ success() }}');
    assert.equal(fixed(text, 'unsound-condition'), withSteps('- run: x\n  if: ${{ success() }}'));
  });

  it('obfuscation: repairs no condition, and writes no braces', () => {
    for (const step of ["- run: x\n  if: ${{ format('a') }}", "- run: echo ${{ '${{' }}"]) {
      const found = findingsOf(withSteps(step), all).filter(({ code }) => code === 'obfuscation');
      assert.deepEqual(
        found.map(({ fixes }) => fixes.length),
        [0],
        step,
      );
    }
  });

  it('template-injection: adds no second shell', () => {
    for (const { code, fixes } of findingsOf(
      withSteps('- run: echo ${{ github.head_ref }}\n  shell: ${{ matrix.shell }}'),
      all,
    ))
      if (code === 'template-injection') assert.deepEqual(fixes, []);
  });

  it('github-app: leaves no empty inputs behind', () => {
    const app = '- uses: actions/create-github-app-token@v3';
    const text = withSteps(`${app}\n  with:\n    skip-token-revoke: true`);
    const fix = findingsOf(text).find(({ code, fixes }) => code === 'github-app' && fixes.length > 0)?.fixes[0];
    assert.equal(applyEdits(text, fix?.edits ?? []), withSteps(app));
  });

  it('excessive-permissions: keeps the comments of a job', () => {
    const text = withSteps(
      '- run: cargo test',
      'permissions:\n  # To read\n  contents: write # always\n  issues: write',
    );
    for (const { code, fixes } of findingsOf(text, all))
      if (code === 'excessive-permissions')
        for (const { edits, unsafe } of fixes) {
          const result = applyEdits(text, edits);
          assert.ok(unsafe === true || (result.includes('# To read') && result.includes('# always')), result);
        }
  });

  it('unsound-ternary: reads constants out of JSON', () => {
    reported(withSteps("- run: x\n  env:\n    A: ${{ github.ref && fromJSON('false') || 'x' }}"), 'unsound-ternary');
    silent(withSteps("- run: x\n  env:\n    A: ${{ github.ref && fromJSON('[]') || 'x' }}"), 'unsound-ternary');
    silent(withSteps("- run: x\n  env:\n    A: ${{ fromJSON('1') }}"), 'obfuscation');
  });

  it('use-trusted-publishing: knows scripts, filters and an empty password', () => {
    for (const command of ['npm run publish', 'pnpm --filter web publish'])
      reported(withSteps(`- run: ${command}`), 'use-trusted-publishing');
    silent(withSteps('- uses: pypa/gh-action-pypi-publish@v1\n  with:\n    password: ""'), 'use-trusted-publishing');
  });

  it('excessive-permissions: stands where the keys of the file stand', () => {
    const text =
      '  on: push\n  jobs:\n    a:\n      runs-on: ubuntu-latest\n      steps:\n        - uses: actions/checkout@v7\n';
    assert.equal(
      fixed(text, 'excessive-permissions'),
      text.replace('  jobs', '  permissions:\n    contents: read\n  jobs'),
    );
  });

  it('excessive-permissions: comments go with the permissions they are about', () => {
    const text = `on: push
permissions:
  # To read the code
  contents: read # always
  # To push the tag
  packages: write # and the image
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: acme/unknown@v1
  b:
    runs-on: ubuntu-latest
    permissions: {}
    steps: []
`;
    assert.equal(
      fixed(text, 'excessive-permissions'),
      `on: push
permissions:
  # To read the code
  contents: read # always
jobs:
  a:
    runs-on: ubuntu-latest
    permissions:
      # To read the code
      contents: read # always
      # To push the tag
      packages: write # and the image
    steps:
      - uses: acme/unknown@v1
  b:
    runs-on: ubuntu-latest
    permissions: {}
    steps: []
`,
    );
  });
});
