import assert from 'node:assert/strict';
import { findingsOf } from './linting';

/** Findings of the categories that a valid workflow has none of. */
const wrong = (text: string) =>
  findingsOf(text)
    .filter(({ category }) => ['syntax', 'expression', 'correctness'].includes(category))
    .map(({ code, message }) => `${code}: ${message}`);

describe('the newest workflow syntax', () => {
  it('is accepted', () => {
    assert.deepEqual(
      wrong(`name: Newest
on:
  schedule:
    - cron: '30 5 * * 1-5'
      timezone: Europe/Berlin
  image_version:
    names: [base]
  repository_dispatch:
    types: deploy
cache-mode: read
permissions:
  contents: read
  models: read
  artifact-metadata: write
  id-token: write
concurrency:
  group: \${{ github.workflow }}
  queue: max
jobs:
  build:
    runs-on: ubuntu-24.04-arm
    cache-mode: write-only
    environment:
      name: production
      deployment: false
    outputs:
      check: \${{ job.check_run_id }}
    steps:
      - uses: $/.github/actions/setup
      - id: server
        run: cargo run --bin server
        background: true
      - id: docs
        run: cargo doc
        background: true
      - run: cargo test
      - wait: [server]
      - cancel: docs
      - wait-all: true
      - parallel:
          - run: cargo fmt --check
          - run: cargo clippy
      - run: echo "\${{ case(github.ref_name == 'main', 'stable', 'nightly') }}"
  call:
    needs: build
    uses: $/.github/workflows/reusable.yml
    with:
      check: \${{ needs.build.outputs.check }}
    secrets: inherit
`),
      [],
    );
  });

  it('is accepted with anchors', () => {
    assert.deepEqual(
      wrong(`on: push
jobs:
  linux: &job
    runs-on: ubuntu-latest
    steps:
      - &checkout
        uses: actions/checkout@v4
      - run: cargo test
  docs:
    runs-on: ubuntu-latest
    steps:
      - *checkout
      - run: cargo doc
  again: *job
`),
      [],
    );
  });
});
