/** A workflow of one job for the examples of rules: its steps, and a Cargo project around it. */
export function rustJob(steps: string, parts: { readonly id?: string; readonly job?: string } = {}): string {
  const { id = 'test', job = '' } = parts;
  const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
  return `name: CI
on: push
permissions: {}
jobs:
  ${id}:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
${job === '' ? '' : `${indent(job, 4)}\n`}    steps:
${indent(steps, 6)}
`;
}

/** A package with a library, a feature, a binary and a benchmark. */
export const cargoPackage: Readonly<Record<string, string>> = {
  'Cargo.toml': `[package]
name = "demo"
version = "0.1.0"
edition = "2021"
rust-version = "1.80"

[features]
tls = []

[[bench]]
name = "parse"
harness = false
`,
  'src/lib.rs': '',
  'src/bin/serve.rs': '',
  'benches/parse.rs': '',
};
