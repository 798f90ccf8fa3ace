import assert from 'node:assert/strict';
import { lint } from '../../../src/core/lint/lint';

const workflow = (comment: string): string => `name: CI
on:
  push:
    branches:
      - release-*${comment}
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: Swatinem/rust-cache@v2
      - run: cargo test
`;

function poisoned(comment: string): boolean {
  return lint('.github/workflows/ci.yml', workflow(comment)).findings.some(({ code }) => code === 'cache-poisoning');
}

describe('zizmor ignore comments', () => {
  it('count at the trigger that makes a workflow a release', () => {
    assert.equal(poisoned(''), true);
    assert.equal(poisoned(' # zizmor: ignore[cache-poisoning]'), false);
  });
  it('of another audit change nothing', () => {
    assert.equal(poisoned(' # zizmor: ignore[artipacked]'), true);
  });

  const steps = (
    parts: Readonly<Partial<Record<'top' | 'job' | 'name' | 'uses' | 'with' | 'script', string>>>,
  ): string =>
    `name: CI${parts.top ?? ''}
on: push
jobs:
  test:${parts.job ?? ''}
    runs-on: ubuntu-latest
    steps:
      - name: Code${parts.name ?? ''}
        uses: actions/checkout@v4${parts.uses ?? ''}
        with:
          fetch-depth: 0${parts.with ?? ''}
      - env:
          A: \${{ secrets.A }}
        run: |
          echo \${{ github.head_ref }}${parts.script ?? ''}
`;
  const ignores = (parts: Parameters<typeof steps>[0], code: string): boolean => {
    const { findings } = lint('.github/workflows/ci.yml', steps(parts), { settings: { allRules: true } });
    return !findings.some((finding) => finding.code === code);
  };

  it('count anywhere in the step', () => {
    for (const place of ['name', 'uses', 'with'] as const)
      for (const code of ['artipacked', 'unpinned-uses'])
        assert.equal(ignores({ [place]: ` # zizmor: ignore[${code}]` }, code), true, `${place} ${code}`);
    assert.equal(ignores({ with: ' # zizmor: ignore[template-injection]' }, 'template-injection'), false);
  });

  it('count anywhere in the job or file that a finding is about', () => {
    assert.equal(ignores({ with: ' # zizmor: ignore[secrets-outside-env]' }, 'secrets-outside-env'), true);
    assert.equal(ignores({ top: ' # zizmor: ignore[secrets-outside-env]' }, 'secrets-outside-env'), false);
    assert.equal(ignores({ job: ' # zizmor: ignore[concurrency-limits]' }, 'concurrency-limits'), true);
    assert.equal(ignores({ with: ' # zizmor: ignore[excessive-permissions]' }, 'excessive-permissions'), true);
  });

  it('are no comments in a script', () => {
    assert.equal(ignores({ script: ' # zizmor: ignore[template-injection]' }, 'template-injection'), false);
  });

  it('are written as zizmor writes them, behind something', () => {
    assert.equal(ignores({ uses: ' # pinned later # zizmor: ignore[unpinned-uses]' }, 'unpinned-uses'), true);
    assert.equal(ignores({ uses: ' # zizmor:ignore[unpinned-uses]' }, 'unpinned-uses'), false);
    assert.equal(ignores({ uses: ' #zizmor: ignore[unpinned-uses]' }, 'unpinned-uses'), false);
  });
});
