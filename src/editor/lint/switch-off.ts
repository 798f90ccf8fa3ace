import { ConfigurationTarget, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { section } from './settings.js';

export const switchOffCommand = 'rustCi.switchOffRule';

/** Writes `"CODE": "off"` into the settings of the workspace, or of the user where no folder is open. */
export async function switchOff(code: unknown, uri?: Uri): Promise<void> {
  if (typeof code !== 'string') return;
  const configuration = workspace.getConfiguration(section, uri);
  const known = configuration.inspect<Record<string, unknown>>('severity');
  const open = (workspace.workspaceFolders?.length ?? 0) > 0;
  const written = open ? known?.workspaceValue : known?.globalValue;
  const target = open ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await configuration.update('severity', { ...written, [code]: 'off' }, target);
}
