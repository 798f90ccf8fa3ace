import type { TemplateSet } from '../../../src/core/scaffold/render.js';

export const sha = (digit: string) => digit.repeat(40);

/** A pipeline in miniature. */
export const sampleTemplates: TemplateSet = new Map([
  [
    '.github/workflows/test.yml',
    `# test
name: test
on:
  push:
    branches:
      - main # rust-ci:value default-branch

env:
  ROOTS: . # rust-ci:value roots
  # rust-ci:each registry
  CARGO_REGISTRIES_REGISTRY_TOKEN: \${{ secrets.CARGO_REGISTRIES_REGISTRY_TOKEN }}
  # rust-ci:end

jobs:
  fmt:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@${sha('1')} # v7.0.1
      - run: bash .github/rust-ci/detect.sh

  # rust-ci:if gate.docs
  docs:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@${sha('1')} # v7.0.1
      - run: cargo doc
      # rust-ci:if !gate.nextest
      - run: cargo test --doc
      # rust-ci:end
  # rust-ci:end

  # rust-ci:if gate.msrv
  msrv:
    runs-on: ubuntu-24.04
    steps:
      - run: cargo check
  # rust-ci:end
`,
  ],
  [
    '.github/workflows/security.yml',
    `# security
name: security
on:
  push:
    branches: [main] # rust-ci:value branches
jobs:
  audit:
    runs-on: ubuntu-24.04
    steps:
      - run: cargo audit
`,
  ],
  [
    '.github/workflows/rollback.yml',
    'name: rollback\non: workflow_dispatch\njobs:\n  a:\n    steps:\n      - run: bash .github/rust-ci/retag.sh\n',
  ],
  ['.github/rust-ci/detect.sh', '#!/usr/bin/env bash\n. "$(dirname "$0")/library.sh"\n'],
  ['.github/rust-ci/library.sh', '#!/usr/bin/env bash\ntrue\n'],
  ['.github/rust-ci/retag.sh', '#!/usr/bin/env bash\ntrue\n'],
  ['.github/dependabot.yml', 'version: 2\nupdates:\n  - package-ecosystem: github-actions\n'],
  ['deny.toml', '[licenses]\nallow = ["MIT"]\n'],
  [
    'docs/ci-cd.md',
    `# CI

Tests (test.yml) run on {{default-branch}} and need {{coverage-threshold}} %.

<!-- rust-ci:if slack -->
Slack is told.

<!-- rust-ci:end -->
The end of \${{ secrets.X }}.
`,
  ],
]);

/** The same with texts replaced: a later release. */
export function changed(replacements: readonly (readonly [path: string, from: string, to: string])[]): TemplateSet {
  const next = new Map(sampleTemplates);
  for (const [path, from, to] of replacements) {
    const text = next.get(path);
    if (!text?.includes(from)) throw new Error(`${path} has no "${from}".`);
    next.set(path, text.replaceAll(from, to));
  }
  return next;
}
