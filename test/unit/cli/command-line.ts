import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The command line as it is shipped; RUST_CI_CLI names another build of it. */
const cli = resolve(process.env['RUST_CI_CLI'] ?? 'dist/cli.js');

export interface Result {
  code: number | null;
  out: string;
  err: string;
}

const folders: string[] = [];

/** A new folder with these files; it goes away after the test file. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'rust-ci-cli-'));
  folders.push(folder);
  chmodSync(folder, 0o755);
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Runs `rust-ci`, with `input` to read. As root, nothing is read-only: `asNobody` runs it as a user for whom it is. */
export function run(folder: string, args: readonly string[], { asNobody = false, input = '' } = {}): Result {
  const user = asNobody && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    ...user,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Every file of a folder but git's, with its text, and every folder that is empty. */
export function snapshot(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return Object.fromEntries(
    paths
      .filter((path) => !/^\.git(?:\/|$)/.test(path))
      .sort()
      .flatMap((path) => {
        const full = join(folder, path);
        if (!statSync(full).isDirectory()) return [[path, readFileSync(full, 'utf8')]];
        return readdirSync(full).length === 0 ? [[path, '<empty folder>']] : [];
      }),
  );
}
