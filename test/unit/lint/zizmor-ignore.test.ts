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
});
