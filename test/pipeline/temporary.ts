import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** RUST_CI_KEEP=1 leaves everything where it is, for a look at what a run did. */
export const keepEverything = process.env['RUST_CI_KEEP'] === '1';

let base: string | undefined;

/** A new, empty folder whose name begins like this; it is gone when the tests are over. */
export function temporaryFolder(name: string): Promise<string> {
  if (base === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'rust-ci-'));
    if (!keepEverything)
      process.on('exit', () => {
        rmSync(folder, { recursive: true, force: true });
      });
    base = folder;
  }
  return mkdtemp(join(base, `${name}-`));
}
