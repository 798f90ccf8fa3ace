// Installs what `npm run test:pipeline` runs, from each tool's own registry, and keeps it between runs.
// usage: node scripts/pipeline-tools.mjs
// Tools lie in ${RUST_CI_CACHE:-.vscode-test}/tools/NAME-VERSION/bin, the Rust toolchains of the tests in …/rustup.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const versions = JSON.parse(readFileSync(new URL('../test/pipeline/tools/versions.json', import.meta.url), 'utf8'));
const cache = resolve(process.env.RUST_CI_CACHE ?? '.vscode-test');
const tools = join(cache, 'tools');
const build = join(tools, 'build');
const rustup = { RUSTUP_HOME: join(cache, 'rustup'), RUSTUP_AUTO_INSTALL: '1' };

/** What could not be had: said together at the end, so that one run names everything that is missing. */
const missing = [];

function has(command) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, command)));
}

function run(command, args, env = {}) {
  console.log(`> ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

/** Installs one tool into its own folder unless it is there; a half-finished installation leaves nothing behind. */
function install(name, version, needs, installer) {
  const folder = join(tools, `${name}-${version}`);
  if (existsSync(join(folder, 'bin', name))) return;
  if (!has(needs)) {
    missing.push(`${name} ${version} is installed with ${needs}, which is not on PATH.`);
  } else if (!installer(folder)) {
    rmSync(folder, { recursive: true, force: true });
    missing.push(`${name} ${version} could not be installed; see the output above.`);
  }
}

function installRust() {
  if (!has('rustup')) {
    missing.push('rustup is not on PATH: install it from https://rustup.rs, then run this again.');
    return;
  }
  const { toolchain, components } = versions.rust;
  const folder = join(rustup.RUSTUP_HOME, 'toolchains');
  if (existsSync(folder)) return;
  const args = ['toolchain', 'install', toolchain, '--profile', 'minimal', '--no-self-update'];
  const wanted = components.flatMap((component) => ['--component', component]);
  if (!run('rustup', [...args, ...wanted], rustup)) missing.push(`The Rust toolchain "${toolchain}" could not be had.`);
}

/** Every crate is built into one folder, so that what they share is compiled once, and for a quick build, not for speed. */
function installCrates() {
  const env = {
    ...rustup,
    RUSTUP_TOOLCHAIN: versions.rust.toolchain,
    CARGO_TARGET_DIR: build,
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_DEBUG: '0',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  };
  for (const [name, version] of Object.entries(versions.cargo)) {
    install(name, version, 'cargo', (folder) =>
      run('cargo', ['install', '--locked', '--root', folder, `${name}@${version}`], env),
    );
  }
  if (missing.length === 0) rmSync(build, { recursive: true, force: true });
}

function installGoTools() {
  for (const [name, { module, version }] of Object.entries(versions.go)) {
    install(name, version, 'go', (folder) =>
      run('go', ['install', `${module}@v${version}`], { GOBIN: join(folder, 'bin') }),
    );
  }
}

function installPythonTools() {
  for (const [name, version] of Object.entries(versions.pip)) {
    install(name, version, 'python3', (folder) => {
      const pip = join(folder, 'bin', 'pip');
      return run('python3', ['-m', 'venv', folder]) && run(pip, ['install', '--quiet', `${name}==${version}`]);
    });
  }
}

function installDebianPackages() {
  const absent = () => Object.keys(versions.apt).filter((command) => !has(command));
  const packages = absent().map((command) => versions.apt[command]);
  if (packages.length === 0) return;
  // GitHub's machines let everyone become root; nobody else is asked for a password.
  const asRoot = process.getuid?.() === 0 ? [] : process.env.GITHUB_ACTIONS === 'true' ? ['sudo'] : undefined;
  if (asRoot !== undefined && has('apt-get')) {
    const [command, ...args] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '--yes'];
    run(command, [...args, 'update']);
    run(command, [...args, 'install', '--no-install-recommends', ...packages]);
  }
  for (const command of absent()) {
    missing.push(`${command} is not on PATH: install the package ${versions.apt[command]} (apt-get needs root).`);
  }
}

mkdirSync(tools, { recursive: true });
installDebianPackages();
installRust();
installCrates();
installGoTools();
installPythonTools();
for (const line of missing) console.error(`missing: ${line}`);
process.exitCode = missing.length > 0 ? 1 : 0;
