import { existsSync } from 'node:fs';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder, rustupHome, toolFile } from '../tools/cache.js';

/** The folders of one job's machine; a job finds nothing that another one left. */
export interface Machine {
  workspace: string;
  temp: string;
  home: string;
  cargoHome: string;
  /** First on PATH: what a test puts in the place of a program that cannot be had here. */
  doubles: string;
  /** Of the command files and scripts of the steps. */
  steps: string;
}

/** What a test puts on every machine of a run. */
export interface MachineSetUp {
  /** Where git finds what it would fetch from the network: address to folder. */
  repositories: Record<string, string>;
  /** Programs by name, each a script: in the place of what speaks to GitHub. */
  programs: Record<string, string>;
  /** Files in the home folder, by their path in it. */
  files: Record<string, string>;
  /** Variables of every step. */
  variables: Record<string, string>;
}

/** Programs that GitHub's Ubuntu images put on PATH under rustup's control. */
const rustPrograms = [
  'cargo',
  'rustc',
  'rustdoc',
  'rustfmt',
  'cargo-fmt',
  'cargo-clippy',
  'clippy-driver',
  'cargo-miri',
];

export async function startMachine(folder: string, repository: string, setUp: MachineSetUp): Promise<Machine> {
  const project = repository.slice(repository.indexOf('/') + 1);
  const machine: Machine = {
    workspace: join(folder, 'work', project, project),
    temp: join(folder, 'work', '_temp'),
    home: join(folder, 'home'),
    cargoHome: join(folder, 'home', '.cargo'),
    doubles: join(folder, 'doubles'),
    steps: join(folder, 'steps'),
  };
  await Promise.all(Object.values(machine).map((path: string) => mkdir(path, { recursive: true })));
  await shareCrates(machine.cargoHome);
  await linkRust(join(machine.cargoHome, 'bin'));
  const rewrites = Object.entries(setUp.repositories).map(([url, path]) => `[url "${path}"]\n\tinsteadOf = ${url}\n`);
  await writeFile(join(machine.home, '.gitconfig'), ['[safe]\n\tdirectory = *\n', ...rewrites].join(''));
  for (const [name, text] of Object.entries(setUp.files)) {
    await mkdir(dirname(join(machine.home, name)), { recursive: true });
    await writeFile(join(machine.home, name), text);
  }
  for (const [program, script] of Object.entries(setUp.programs)) {
    await writeFile(join(machine.doubles, program), script, { mode: 0o755 });
  }
  return machine;
}

/** CARGO_HOME of what all jobs share. */
export const sharedCargoHome = join(cacheFolder, 'cargo');

/**
 * Downloaded crates are the same for every job, and cargo verifies their checksums: sharing them only saves the
 * download. The rest of CARGO_HOME is the job's own, but for the settings that say where this machine gets crates.
 */
async function shareCrates(cargoHome: string): Promise<void> {
  const registry = join(sharedCargoHome, 'registry');
  await mkdir(registry, { recursive: true });
  await symlink(registry, join(cargoHome, 'registry'));
  const settings = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'config.toml');
  if (!existsSync(settings)) return;
  for (const home of [cargoHome, sharedCargoHome]) await copyFile(settings, join(home, 'config.toml'));
}

async function linkRust(bin: string): Promise<void> {
  await mkdir(bin);
  const rustup = toolFile('rustup');
  await symlink(rustup, join(bin, 'rustup'));
  for (const program of rustPrograms) await symlink('rustup', join(bin, program));
}

/** Variables of this machine that would reach into a job: another CI's, npm's, cargo's and rustup's. */
const foreign = /^(?:GITHUB_|RUNNER_|CARGO_|RUST|npm_|NODE_OPTIONS$|CI$|PATH$|HOME$|TMPDIR$)/;
/** But for those that say how the registries are reached. */
const network = /^(?:CARGO_(?:HTTP|NET|REGISTR|SOURCE)|RUSTUP_(?:DIST_SERVER|UPDATE_ROOT)$)/;

/** The environment that every step begins with. */
export function machineVariables(machine: Machine, setUp: MachineSetUp): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && (!foreign.test(entry[0]) || network.test(entry[0])),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: machine.home,
    CARGO_HOME: machine.cargoHome,
    RUSTUP_HOME: rustupHome(),
    RUNNER_TEMP: machine.temp,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'local',
    CI: 'true',
    ...setUp.variables,
  };
}

/** PATH without this machine's own cargo tools, so that a job that forgets to install one fails. */
export function machinePath(machine: Machine, added: readonly string[]): string {
  const system = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const folders = [machine.doubles, ...added, join(machine.cargoHome, 'bin'), ...system, dirname(process.execPath)];
  return folders.join(':');
}
