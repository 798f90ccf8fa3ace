import { spawn } from 'node:child_process';
import { access, copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Processes } from './platform.js';

const systems: Readonly<Record<string, Processes['os']>> = { win32: 'Windows', darwin: 'macOS' };

/** Programs of the machine that the extension host runs on. */
export const processes: Processes = {
  os: systems[process.platform] ?? 'Linux',

  start(program, args, { cwd, env, onData }) {
    const windows = process.platform === 'win32';
    // In a group of its own, so that ending it ends all that it started.
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      windowsHide: true,
    });
    child.stdout.setEncoding('utf8').on('data', onData);
    child.stderr.setEncoding('utf8').on('data', onData);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return {
      ended,
      kill() {
        if (child.pid === undefined || child.exitCode !== null) return;
        if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true });
        else {
          try {
            process.kill(-child.pid, 'SIGTERM');
          } catch {
            // It has ended in this moment.
          }
        }
      },
    };
  },

  temporaryFolder: () => mkdtemp(join(tmpdir(), 'rust-ci-')),

  removeFolder: (fsPath) => rm(fsPath, { recursive: true, force: true }),

  async copyFiles(from, to, paths) {
    const folders = new Set(paths.map((path) => dirname(join(to, path))));
    for (const folder of folders) await mkdir(folder, { recursive: true });
    const queue = [...paths];
    const copy = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        // Git lists files that were deleted, and submodules, which are folders.
        await copyFile(join(from, path), join(to, path)).catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: 16 }, copy));
  },

  async linkFolder(target, path) {
    await mkdir(target, { recursive: true });
    await symlink(target, path, 'junction');
  },

  async firstExisting(paths) {
    for (const path of paths) {
      const there = await access(path).then(
        () => true,
        () => false,
      );
      if (there) return path;
    }
    return undefined;
  },
};
