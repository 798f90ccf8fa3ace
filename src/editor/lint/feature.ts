import { Disposable, languages } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { LintActions, actionKinds } from './code-actions.js';
import { lintedDocuments } from './files.js';
import { LintHovers } from './hovers.js';
import { Linter } from './linter.js';
import { pinAction, pinCommand } from './pin-from-github.js';
import { switchOff, switchOffCommand } from './switch-off.js';
import { Watch } from './watch.js';

/** Milliseconds after activation, which itself looks at no file. */
const startDelay = 100;

/** Checks workflows, actions and dependabot.yml as they are typed. */
export const lint: Feature = (_context, { github }) => {
  const linter = new Linter();
  const watch = new Watch(linter);
  const timer = setTimeout(() => {
    watch.start();
  }, startDelay);
  return Disposable.from(
    linter,
    watch,
    new Disposable(() => {
      clearTimeout(timer);
    }),
    languages.registerCodeActionsProvider(lintedDocuments, new LintActions(linter, github), {
      providedCodeActionKinds: actionKinds,
    }),
    languages.registerHoverProvider(lintedDocuments, new LintHovers(linter)),
    registerCommands({
      [switchOffCommand]: switchOff,
      [pinCommand]: (uri: unknown, action: unknown) => pinAction(linter, github, uri, action),
    }),
  );
};
