import assert from 'node:assert/strict';
import { kindOfPath, LintDocument } from '../../../src/core/lint/document';
import { summary } from './linting';

const checks = (text: string, path: string) =>
  summary(text, 'syntax', {}, path).concat(summary(text, 'expression', {}, path));
const dependabot = (text: string) => checks(text, '.github/dependabot.yml');
const action = (text: string) => checks(text, 'action.yml');

describe('kinds of files', () => {
  it('are known by path', () => {
    assert.equal(kindOfPath('.github/workflows/ci.yaml'), 'workflow');
    assert.equal(kindOfPath('/home/me/project/.github/workflows/ci.yml'), 'workflow');
    assert.equal(kindOfPath('.github/workflows/nested/ci.yml'), undefined);
    assert.equal(kindOfPath('.github/actions/setup/action.yml'), 'action');
    assert.equal(kindOfPath('.github/dependabot.yaml'), 'dependabot');
    assert.equal(kindOfPath('src/config.yml'), undefined);
  });

  it('are told from the content elsewhere', () => {
    const kind = (text: string) => new LintDocument('some/file.yml', text).kind;
    assert.equal(kind('on: push\njobs: {}\n'), 'workflow');
    assert.equal(kind('name: x\nruns:\n  using: composite\n'), 'action');
    assert.equal(kind('version: 2\nupdates: []\n'), 'dependabot');
    assert.equal(kind('name: x\n'), 'workflow');
  });
});

describe('dependabot.yml', () => {
  const update = (lines: string) => `version: 2\nupdates:\n  - package-ecosystem: cargo\n${lines}`;

  it('accepts what Dependabot documents', () => {
    assert.deepEqual(
      dependabot(
        update(`    directories: [/, /crates/*]
    schedule: {interval: cron, cronjob: '0 4 * * 1', timezone: Europe/Berlin}
    cooldown: {default-days: 7, include: ['*']}
    groups:
      all: {patterns: ['*'], update-types: [minor, patch]}
    ignore:
      - dependency-name: serde
        update-types: [version-update:semver-major]
    labels: []
    registries: '*'
    open-pull-requests-limit: 0
  - package-ecosystem: github-actions
    directory: /
    multi-ecosystem-group: ci
    patterns: ['*']
multi-ecosystem-groups:
  ci:
    schedule: {interval: weekly}
registries:
  private:
    type: cargo-registry
    url: https://example.com
    token: \${{secrets.TOKEN}}
`),
      ),
      [],
    );
  });

  it('finds missing, unknown and mistyped keys', () => {
    assert.deepEqual(dependabot(update('    schedule:\n      interval: weekly\n')), ['3 missing-key']);
    assert.deepEqual(dependabot(update('    directory: /\n')), ['3 missing-key']);
    assert.deepEqual(dependabot(update('    directory: /\n    schedule:\n      interval: week\n')), [
      '6 invalid-value',
    ]);
    assert.deepEqual(dependabot(update('    directory: /\n    schedule:\n      intervall: weekly\n')), [
      '6 missing-key',
      '6 unexpected-key',
    ]);
    assert.deepEqual(dependabot('version: "2"\nupdates:\n'), ['1 wrong-type', '2 empty-value']);
  });
});

describe('action.yml', () => {
  const composite = (steps: string) =>
    `name: Setup\ndescription: Set up\ninputs:\n  version:\n    description: v\nruns:\n  using: composite\n  steps:\n${steps}`;

  it('is checked down to the steps of a composite action', () => {
    assert.deepEqual(action(composite('    - run: cargo test\n')), ['9 missing-key']);
    assert.deepEqual(action(composite('    - run: echo ${{ inputs.version }}\n      shell: bash\n')), []);
    assert.deepEqual(action(composite('    - run: echo ${{ inputs.versoin }}\n      shell: bash\n')), [
      '9 undefined-input',
    ]);
    assert.deepEqual(action(composite('    - run: echo ${{ secrets.TOKEN }}\n      shell: bash\n')), [
      '9 unavailable-context',
    ]);
    assert.deepEqual(action(composite('    - uses: actions/checkout@v4\n      timeout-minutes: 3\n')), [
      '10 unexpected-key',
    ]);
  });

  it('knows the keys of each kind of action', () => {
    assert.deepEqual(action('name: x\ndescription: y\nruns:\n  using: node24\n'), ['4 missing-key']);
    assert.deepEqual(action('name: x\ndescription: y\nruns:\n  using: node24\n  main: index.js\n'), []);
    assert.deepEqual(
      action('name: x\ndescription: y\nruns:\n  using: docker\n  image: Dockerfile\n  args: ["${{ inputs.a }}"]\n'),
      ['6 undefined-input'],
    );
    assert.deepEqual(action('name: x\ndescription: y\nruns:\n  using: node21\n  main: index.js\n'), [
      '4 invalid-value',
    ]);
    assert.deepEqual(action('name: x\ndescription: y\nruns:\n  using: composite\n  main: a.js\n'), ['5 action-runs']);
  });
});
