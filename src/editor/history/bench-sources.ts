import { l10n, Position, Range, RelativePattern, window, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { findBenches, sitesOf } from '../../core/history/rust-benches.js';

const exclude = '{**/target/**,**/node_modules/**}';

/** Shows where a benchmark is defined. */
export async function openSource(root: Uri, benchmark: string): Promise<void> {
  const files = await workspace.findFiles(new RelativePattern(root, '**/*.rs'), exclude, 5000);
  // Benches lie there by custom; only then the rest.
  const likely = files.filter(({ path }) => /\/benche?s?\//.test(path));
  const found =
    (await sitesIn(likely, benchmark)) ??
    (await sitesIn(
      files.filter((file) => !likely.includes(file)),
      benchmark,
    ));
  if (!found) {
    void window.showInformationMessage(
      l10n.t('No Rust file of this folder names the benchmark "{0}" in a way that could be found.', benchmark),
    );
    return;
  }
  const at = new Position(found.line, found.column);
  await window.showTextDocument(found.uri, { selection: new Range(at, at) });
}

async function sitesIn(files: readonly Uri[], benchmark: string) {
  for (const uri of files) {
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    const [site] = sitesOf(findBenches(text), benchmark);
    if (site) return { uri, ...site };
  }
  return undefined;
}
