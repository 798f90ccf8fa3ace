import * as v from 'valibot';
import { receive, tabs, toPanelSchema, type ToEditor, type ToPanel } from '../../core/history/panel/messages.js';

const stateSchema = v.object({
  tab: v.picklist(tabs),
  key: v.nullable(v.string()),
  filter: v.string(),
  sort: v.picklist(['significance', 'name', 'change']),
  options: v.object({
    relative: v.boolean(),
    zero: v.boolean(),
    log: v.boolean(),
    clip: v.boolean(),
    spacing: v.picklist(['time', 'run']),
  }),
  /** What is seen of the horizontal axis; null: all. */
  zoom: v.nullable(v.tuple([v.number(), v.number()])),
  compare: v.nullable(v.object({ from: v.string(), to: v.string() })),
});
/** What a reload brings back. */
export type ViewState = v.InferOutput<typeof stateSchema>;

const initial: ViewState = {
  tab: 'benchmarks',
  key: null,
  filter: '',
  sort: 'significance',
  options: { relative: false, zero: false, log: false, clip: true, spacing: 'time' },
  zoom: null,
  compare: null,
};

// VS Code hands it out once only.
const vscode = acquireVsCodeApi();

/** The editor, as the panel knows it. */
export const host = {
  send(message: ToEditor): void {
    vscode.postMessage(message);
  },

  /** Calls back for each message; what is malformed is named in the console and otherwise ignored. */
  onMessage(listener: (message: ToPanel) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const received = receive(toPanelSchema, data);
      if (received.ok) listener(received.message);
      else console.warn(`Rust CI: a message was refused: ${received.problem}`);
    });
  },

  load(): ViewState {
    const result = v.safeParse(stateSchema, vscode.getState());
    return result.success ? result.output : initial;
  },

  save(state: ViewState): void {
    vscode.setState(state);
  },
};
