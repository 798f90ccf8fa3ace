import assert from 'node:assert/strict';
import { commands, FileType, Uri, workspace } from 'vscode';
import type { Dialog } from '../../../src/editor/scaffold/dialog.js';
import type { Tools } from '../../../src/editor/scaffold/command.js';
import { Preview } from '../../../src/editor/scaffold/preview.js';
import { Review } from '../../../src/editor/scaffold/review.js';
import { Scratch } from '../../../src/editor/scaffold/scratch.js';

/** Path to content; a folder is there when a file in it is, or as `undefined`. */
export type Files = Record<string, string | undefined>;

/** A repository in a folder of its own inside the opened workspace. */
export class Project {
  readonly root: Uri;

  constructor(root: Uri) {
    this.root = root;
  }

  uri(path: string): Uri {
    return Uri.joinPath(this.root, path);
  }

  async write(files: Files): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) await workspace.fs.createDirectory(this.uri(path));
      else await workspace.fs.writeFile(this.uri(path), new TextEncoder().encode(content));
    }
  }

  async read(path: string): Promise<string> {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await workspace.fs.readFile(this.uri(path)));
  }

  /** Everything below the root but `.git`: contents of files, and folders. */
  async everything(folder = '.'): Promise<Files> {
    const found: Files = {};
    for (const [name, type] of await workspace.fs.readDirectory(this.uri(folder))) {
      if (name === '.git') continue;
      const path = folder === '.' ? name : `${folder}/${name}`;
      if (type & FileType.Directory) Object.assign(found, { [path]: undefined }, await this.everything(path));
      else found[path] = await this.read(path);
    }
    return found;
  }

  /** The names of the files in a folder, sorted. */
  async list(folder: string): Promise<string[]> {
    const entries = await workspace.fs.readDirectory(this.uri(folder));
    return entries.map(([name]) => name).sort();
  }

  async remove(): Promise<void> {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(this.root, { recursive: true });
  }
}

export const crate: Files = {
  'Cargo.toml': '[package]\nname = "tally"\nversion = "0.1.0"\nedition = "2021"\nrust-version = "1.74"\n',
  'src/lib.rs': 'pub fn one() -> u32 {\n    1\n}\n',
};

let count = 0;

/** Makes a repository on the branch `main` with these files. */
export async function createProject(files: Files = crate): Promise<Project> {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the tests run in a folder');
  const project = new Project(Uri.joinPath(folder.uri, `projects/${String(Date.now())}-${String(++count)}`));
  await project.write({
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/refs/heads/main': `${'0'.repeat(40)}\n`,
    ...files,
  });
  return project;
}

/** What the commands work with, as in the product but for who answers. Dispose of it after the test. */
export function createTools(dialog: Dialog): Tools & { dispose(): void } {
  const preview = new Preview();
  const review = new Review(dialog, preview);
  const scratch = new Scratch(`rust-ci-merge-${++count}-${Date.now()}`);
  return {
    dialog,
    preview,
    review,
    scratch,
    dispose: () => {
      review.dispose();
      preview.dispose();
      scratch.dispose();
    },
  };
}
