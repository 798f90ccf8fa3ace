import { Uri, workspace } from 'vscode';
import { sshAliases } from '../../github/remote-url.js';

/** The aliases of hosts in the person's ssh configuration; none in the web, which has no home. */
export async function readSshAliases(): Promise<ReadonlyMap<string, string>> {
  const home = typeof process === 'undefined' ? undefined : (process.env['HOME'] ?? process.env['USERPROFILE']);
  if (home === undefined || home === '') return new Map();
  try {
    const bytes = await workspace.fs.readFile(Uri.joinPath(Uri.file(home), '.ssh/config'));
    return sshAliases(new TextDecoder().decode(bytes));
  } catch {
    return new Map();
  }
}
