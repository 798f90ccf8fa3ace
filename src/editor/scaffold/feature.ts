import { Disposable } from 'vscode';
import type { Uri } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import type { ScaffoldDesk } from './desk.js';
import { loadDesk } from './load-desk.js';

/** Writes the pipeline into a repository and keeps it up to date. */
export const scaffold: Feature = () => {
  let opening: Promise<ScaffoldDesk> | undefined;
  const desk = () => (opening ??= loadDesk().then(({ openDesk }) => openDesk()));
  return Disposable.from(
    registerCommands({
      'rustCi.scaffold': async (folder?: Uri) => (await desk()).scaffold(folder),
      'rustCi.update': async (folder?: Uri) => (await desk()).update(folder),
      'rustCi.applyPreview': async () => (await desk()).apply(),
      'rustCi.discardPreview': async () => (await desk()).discard(),
      'rustCi.reviewPreview': async () => (await desk()).ask(),
      'rustCi.useMerge': async () => (await desk()).useMerge(),
    }),
    new Disposable(() => {
      void opening?.then((opened) => {
        opened.dispose();
      });
    }),
  );
};
