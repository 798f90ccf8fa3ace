import type { ExtensionContext } from 'vscode';
import { coverage } from './editor/coverage/feature.js';
import type { Feature } from './editor/feature.js';
import { deliveryView } from './editor/delivery/view.js';
import { accountCommands } from './editor/github/account-commands.js';
import { WindowGitHub } from './editor/github/window-github.js';
import { history } from './editor/history/feature.js';
import { lint } from './editor/lint/feature.js';
import { localGates } from './editor/local-gates/feature.js';
import { pipelineView } from './editor/pipeline/view.js';
import { notifications } from './editor/notifications/feature.js';
import { codeLenses } from './editor/runs/code-lenses.js';
import { redToLine } from './editor/problems/feature.js';
import { runs } from './editor/runs/feature.js';
import { rollback } from './editor/rollback/feature.js';
import { scaffold } from './editor/scaffold/feature.js';
import { statusBar } from './editor/status-bar/status-bar.js';
import { setUp } from './editor/set-up/feature.js';
import { verify } from './editor/verify/feature.js';
import { tools } from './editor/tools/feature.js';
import { Details } from './editor/tree/details.js';

const features: readonly Feature[] = [
  pipelineView,
  deliveryView,
  statusBar,
  runs,
  codeLenses,
  notifications,
  scaffold,
  lint,
  history,
  tools,
  rollback,
  setUp,
  verify,
  redToLine,
  coverage,
  localGates,
];

/** Switches on every feature, synchronously. */
export function activate(context: ExtensionContext): void {
  const github = new WindowGitHub(context);
  const shared = { github, details: new Details() };
  context.subscriptions.push(github, accountCommands(github));
  for (const feature of features) context.subscriptions.push(feature(context, shared));
}
