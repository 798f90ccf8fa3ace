import { FileType, Uri, workspace } from 'vscode';
import type { Storage } from '../../github/disk.js';

/** Files for what never changes, in the folder that VS Code gives the extension. */
export function folderStorage(global: Uri): Storage {
  const folder = Uri.joinPath(global, 'github');
  const at = (name: string) => Uri.joinPath(folder, name);
  return {
    read: async (name) => {
      try {
        return await workspace.fs.readFile(at(name));
      } catch {
        return null;
      }
    },
    write: async (name, content) => {
      await workspace.fs.writeFile(at(name), content);
    },
    delete: async (name) => {
      await workspace.fs.delete(at(name));
    },
    list: async () => {
      const entries = await workspace.fs.readDirectory(folder).then(
        (found) => found,
        () => [],
      );
      const files = entries.filter(([, type]) => type === FileType.File);
      return Promise.all(
        files.map(async ([name]) => {
          const { size, mtime } = await workspace.fs.stat(at(name));
          return { name, size, modifiedAt: mtime };
        }),
      );
    },
  };
}
