import { CustomExecution, Task, TaskPanelKind, TaskRevealKind, workspace } from 'vscode';
import type { Pseudoterminal, TaskDefinition, TaskProvider, WorkspaceFolder } from 'vscode';
import * as v from 'valibot';
import { findGates } from './folder-gates.js';
import type { FolderGate } from './folder-gates.js';

export const taskType = 'rust-ci';

const definitionSchema = v.looseObject({ gate: v.string(), folder: v.optional(v.string()) });

/** The gates of the pipeline as tasks: "rust-ci: clippy". */
export class GateTasks implements TaskProvider {
  readonly #open: (gate: FolderGate) => Pseudoterminal;

  /** @param open makes the terminal that runs a gate */
  constructor(open: (gate: FolderGate) => Pseudoterminal) {
    this.#open = open;
  }

  async provideTasks(): Promise<Task[]> {
    if (!workspace.isTrusted) return [];
    return (await findGates()).flatMap((gate) => this.taskOf(gate) ?? []);
  }

  async resolveTask(task: Task): Promise<Task | undefined> {
    const definition = v.safeParse(definitionSchema, task.definition);
    if (!definition.success || !workspace.isTrusted) return undefined;
    const { gate: id, folder } = definition.output;
    const gates = await findGates();
    const gate = gates.find((one) => one.id === id && (folder === undefined || relative(one) === folder));
    return gate && this.taskOf(gate, task.definition);
  }

  /** @param definition as it stands in tasks.json: VS Code recognises the task by it */
  taskOf(gate: FolderGate, definition?: TaskDefinition): Task | undefined {
    const scope = workspace.getWorkspaceFolder(gate.root);
    if (!scope) return undefined;
    const folder = relative(gate);
    const task = new Task(
      definition ?? { type: taskType, gate: gate.id, ...(folder === '' ? {} : { folder }) },
      scope,
      folder === '' ? gate.id : `${gate.id} (${folder})`,
      taskType,
      new CustomExecution(() => Promise.resolve(this.#open(gate))),
    );
    task.detail = `${gate.path}: ${gate.title}`;
    task.presentationOptions = {
      reveal: TaskRevealKind.Always,
      panel: TaskPanelKind.Dedicated,
      clear: true,
      showReuseMessage: false,
    };
    return task;
  }
}

/** The folder of the repository in its workspace folder; empty when they are the same. */
function relative({ root }: FolderGate): string {
  const folder: WorkspaceFolder | undefined = workspace.getWorkspaceFolder(root);
  return folder ? root.path.slice(folder.uri.path.length).replace(/^\/|\/$/g, '') : '';
}
