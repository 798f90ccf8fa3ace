import assert from 'node:assert/strict';
import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rustupHome } from '../tools/cache.js';
import { folderWith, runScript } from './script.js';

// Criterion needs itoa, serde and many others. Whoever benchmarks such a crate has a published version of it among the
// dependencies, and for cargo `--package itoa` then means both.
const manifest = (more = '', top = '') =>
  `[package]\nname = "sample"\nversion = "1.2.3"\nedition = "2021"\nrust-version = "1.80"\n` +
  `[dev-dependencies]\nolder = { package = "sample", path = "${top}stubs/older" }\ncriterion = { path = "${top}stubs/criterion" }\n` +
  `[[bench]]\nname = "fast"\nharness = false\n${more}`;
const library = (name: string, version: string) =>
  `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n[workspace]\n`;

const stubs = {
  'stubs/older/Cargo.toml': library('sample', '1.2.2'),
  'stubs/older/src/lib.rs': '',
  'stubs/criterion/Cargo.toml': library('criterion', '0.8.2'),
  'stubs/criterion/src/lib.rs': '',
};
const sources = (folder = '') => ({
  [`${folder}src/main.rs`]: 'fn main() {}\n',
  [`${folder}benches/fast.rs`]: '// In place of criterion.\nfn main() { println!("measured sample"); }\n',
});

const layouts = {
  'a lone package': { 'Cargo.toml': manifest(), ...sources(), ...stubs },
  'the member of a workspace': {
    'Cargo.toml': '[workspace]\nmembers = ["crates/sample", "other"]\nexclude = ["stubs"]\nresolver = "2"\n',
    'crates/sample/Cargo.toml': manifest('', '../../'),
    ...sources('crates/sample/'),
    ...stubs,
    'other/Cargo.toml': '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\nrust-version = "1.81"\n',
    'other/src/lib.rs': '',
  },
};

describe('a package whose name a dependency has, too', function () {
  this.timeout(120_000);

  const cargo = (folder: string, line: string) =>
    execa('cargo', line.split(' ').filter(Boolean), { cwd: folder, env: { RUSTUP_HOME: rustupHome() } });

  for (const [what, files] of Object.entries(layouts)) {
    it(`is checked with its rust-version: ${what}`, async () => {
      const folder = await folderWith(files);
      const { outputs } = await runScript('detect.sh', ['msrv'], folder);
      const found = JSON.parse(outputs['msrv'] ?? '') as { rust: string; packages: string }[];
      const flags = found.find(({ rust }) => rust === '1.80')?.packages ?? '';
      await cargo(folder, `check ${flags}`);
      assert.doesNotMatch((await cargo(folder, `tree --depth 0 ${flags}`)).stdout, /other/);
    });

    it(`is measured: ${what}`, async () => {
      const folder = await folderWith(files);
      const { outputs } = await runScript('detect.sh', ['benchmarks'], folder);
      const result = await runScript('benchmarks.sh', [], folder, { BENCHES: outputs['benches'] ?? '' });
      assert.match(result.log, /measured sample/);
    });

    it(`is built for a release: ${what}`, async () => {
      const folder = await folderWith(files);
      const found = (await runScript('detect.sh', ['build'], folder)).outputs;
      const { outputs } = await runScript('release.sh', ['plan'], folder, {
        CARGO: found['cargo'] ?? '',
        BINARIES: found['binaries'] ?? '',
        GATES: found['skipped'] ?? '',
        GITHUB_REF_TYPE: 'tag',
        GITHUB_REF_NAME: 'v1.2.3',
      });
      const [place = '', flags = ''] = (outputs['builds'] ?? '').split('\t');
      await cargo(join(folder, place), `build --target-dir ${folder}/target ${flags}`);
      await readFile(join(folder, 'target/debug/sample'));
    });
  }

  it('is measured at the root of a workspace that builds another package by default', async () => {
    const files = {
      'Cargo.toml': manifest(
        '[workspace]\nmembers = ["other"]\ndefault-members = ["other"]\nexclude = ["stubs"]\n',
      ).replace(/older = .*\n/, ''),
      ...sources(),
      ...stubs,
      'other/Cargo.toml': '[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\n',
      'other/src/lib.rs': '',
    };
    const folder = await folderWith(files);
    const { outputs } = await runScript('detect.sh', ['benchmarks'], folder);
    const result = await runScript('benchmarks.sh', [], folder, { BENCHES: outputs['benches'] ?? '' });
    assert.match(result.log, /measured sample/);
  });
});
