import { Disposable } from 'vscode';
import type { Uri } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { scaffold as scaffoldPipeline, update } from './command.js';
import type { Tools } from './command.js';
import { quickInput } from './dialog.js';
import { useMerge } from './merge.js';
import { Preview } from './preview.js';
import { Review } from './review.js';
import { Scratch } from './scratch.js';

/** Writes the pipeline into a repository and keeps it up to date. */
export const scaffold: Feature = () => {
  const preview = new Preview();
  const review = new Review(quickInput, preview);
  const scratch = new Scratch();
  const tools: Tools = { dialog: quickInput, preview, review, scratch };
  const commands = registerCommands({
    'rustCi.scaffold': (folder?: Uri) => scaffoldPipeline(tools, folder),
    'rustCi.update': (folder?: Uri) => update(tools, folder),
    'rustCi.applyPreview': () => review.apply(),
    'rustCi.discardPreview': () => review.discard(),
    'rustCi.reviewPreview': () => review.ask(),
    'rustCi.useMerge': useMerge,
  });
  return Disposable.from(commands, review, preview, scratch);
};
