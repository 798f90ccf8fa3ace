import { commands, Disposable, languages } from 'vscode';
import { registerCommands } from '../commands.js';
import type { Feature } from '../feature.js';
import { logScheme } from '../logs/address.js';
import { Colours } from '../logs/colours.js';
import { Logs } from '../logs/logs.js';
import { openLogCommand } from '../logs/open-log.js';
import { LogFolding, LogLinks, LogOutline } from '../logs/providers.js';
import { RepositoryFiles } from '../working-copy/repository-files.js';
import { workspace } from 'vscode';
import { RunDiagnostics } from './diagnostics.js';
import { Findings } from './gate-findings.js';
import { openFinding } from './open-finding.js';
import { findingRows } from './rows.js';

/** From a red gate to the line: logs in the editor, what they say in the Problems panel and below the gate. */
export const redToLine: Feature = (_context, { github, details }) => {
  const files = new RepositoryFiles();
  const logs = new Logs(github, logScheme);
  const findings = new Findings(github, files);
  const selector = { scheme: logScheme };
  return Disposable.from(
    files,
    logs,
    findings,
    new Colours(logs, logScheme),
    new RunDiagnostics(findings),
    workspace.registerTextDocumentContentProvider(logScheme, logs),
    languages.registerFoldingRangeProvider(selector, new LogFolding(logs)),
    languages.registerDocumentSymbolProvider(selector, new LogOutline(logs)),
    languages.registerDocumentLinkProvider(selector, new LogLinks(logs, files)),
    details.provide({ gate: (_repository, gate) => findingRows(findings, gate) }),
    findings.onDidChange(() => {
      details.changed();
    }),
    registerCommands({
      'rustCi.openLog': (argument?: unknown) => openLogCommand(logs, github, argument),
      'rustCi.openFinding': (argument?: unknown) => openFinding(findings, logs, argument),
      'rustCi.retryFindings': () => {
        findings.retry();
      },
      'rustCi.showProblems': async () => {
        await github.open();
        await commands.executeCommand('workbench.actions.view.problems');
      },
    }),
  );
};
