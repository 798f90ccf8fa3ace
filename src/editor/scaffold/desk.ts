import { Disposable } from 'vscode';
import type { Uri } from 'vscode';
import { scaffold, update } from './command.js';
import type { Tools } from './command.js';
import { quickInput } from './dialog.js';
import { useMerge } from './merge.js';
import { Preview } from './preview.js';
import { Review } from './review.js';
import { Scratch } from './scratch.js';

/** What the commands of the scaffolder do: with the templates a bundle of its own, which is loaded with the first of them. */
export interface ScaffoldDesk {
  scaffold(folder?: Uri): Promise<void>;
  update(folder?: Uri): Promise<void>;
  apply(): unknown;
  discard(): unknown;
  ask(): unknown;
  useMerge(): unknown;
  dispose(): void;
}

export function openDesk(): ScaffoldDesk {
  const preview = new Preview();
  const review = new Review(quickInput, preview);
  const scratch = new Scratch();
  const tools: Tools = { dialog: quickInput, preview, review, scratch };
  const parts = Disposable.from(review, preview, scratch);
  return {
    scaffold: (folder) => scaffold(tools, folder),
    update: (folder) => update(tools, folder),
    apply: () => review.apply(),
    discard: () => review.discard(),
    ask: () => review.ask(),
    useMerge,
    dispose: () => {
      parts.dispose();
    },
  };
}
