import type { FileIndex } from '../problems/paths.js';

/** The folder of the package that a file belongs to: the nearest one above it with a Cargo.toml; `.` is the repository. */
export function packageFolder(path: string, files: Pick<FileIndex, 'has'>): string | null {
  let folder = path;
  for (;;) {
    const slash = folder.lastIndexOf('/');
    if (slash === -1) return files.has('Cargo.toml') ? '.' : null;
    folder = folder.slice(0, slash);
    if (files.has(`${folder}/Cargo.toml`)) return folder;
  }
}

/** The name of the package that a manifest describes; null of a workspace alone, or of what cannot be read. */
export function packageName(manifest: string): string | null {
  const table = /^\s*\[package\]\s*$([\s\S]*?)(?=^\s*\[|(?![\s\S]))/m.exec(manifest)?.[1];
  return /^\s*name\s*=\s*["']([^"']+)["']/m.exec(table ?? '')?.[1] ?? null;
}
