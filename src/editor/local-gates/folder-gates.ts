import { RelativePattern, Uri, workspace } from 'vscode';
import { knownGate } from '../../core/gates/known.js';
import type { WorkflowFile } from '../../core/gates/local/workflow-file.js';
import { loadPlanner } from './load-planner.js';

/** A gate of a folder that can run here, with the workflow that defines it. */
export interface FolderGate {
  /** The repository. */
  readonly root: Uri;
  readonly id: string;
  readonly title: string;
  readonly workflow: WorkflowFile;
  /** In the repository. */
  readonly path: string;
}

/** Workflows of the pipeline whose jobs are gates. */
const files = ['test.yml', 'security.yml'];

/** The gates of all folders that have a pipeline, in the order of its workflows. Workflows that cannot be read have none. */
export async function findGates(): Promise<FolderGate[]> {
  const found = await Promise.all(
    (workspace.workspaceFolders ?? []).map(async ({ uri }) => {
      const workflows = await workspace.findFiles(
        new RelativePattern(uri, `**/.github/workflows/{${files.join(',')}}`),
        '**/{target,node_modules}/**',
        20,
      );
      const sorted = workflows.sort((a, b) => files.indexOf(nameOf(a)) - files.indexOf(nameOf(b)));
      return (await Promise.all(sorted.map(gatesOf))).flat();
    }),
  );
  return found.flat();
}

const nameOf = ({ path }: Uri) => path.slice(path.lastIndexOf('/') + 1);

async function gatesOf(file: Uri): Promise<FolderGate[]> {
  const path = `.github/workflows/${nameOf(file)}`;
  const root = Uri.joinPath(file, '../../..');
  try {
    const { readWorkflow, gatesIn } = await loadPlanner();
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    const workflow = readWorkflow(text, path);
    return gatesIn(workflow).flatMap((id) => {
      const known = knownGate(id);
      return known ? [{ root, id, title: known.title, workflow, path }] : [];
    });
  } catch {
    // The linter says what is wrong with a workflow; here it only has no gates.
    return [];
  }
}
