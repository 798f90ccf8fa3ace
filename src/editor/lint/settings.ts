import { extensions, workspace } from 'vscode';
import type { Uri } from 'vscode';
import * as v from 'valibot';
import type { Finding } from '../../core/lint/finding.js';
import type { LintSettings } from '../../core/lint/settings.js';

export const section = 'rustCi.lint';

const severity = v.picklist(['error', 'warning', 'info', 'hint', 'off']);
const scopeSchema = v.fallback(v.picklist(['workspace', 'openFiles']), 'workspace');
const enableSchema = v.fallback(v.boolean(), true);
const githubSchema = v.fallback(v.picklist(['auto', 'always', 'stepBack']), 'auto');
const severitySchema = v.fallback(v.record(v.string(), v.unknown()), {});

/** How one file is checked. */
export interface FileSettings {
  readonly enabled: boolean;
  readonly severity: NonNullable<LintSettings['severity']>;
  /** GitHub's extension reports this file's syntax and expressions. */
  readonly stepBack: boolean;
}

/** Settings as they are now; a value that is none of the allowed ones counts as not set. */
export function fileSettings(uri: Uri): FileSettings {
  const configuration = workspace.getConfiguration(section, uri);
  const wanted = v.parse(githubSchema, configuration.get('githubActionsExtension'));
  return {
    enabled: v.parse(enableSchema, configuration.get('enable')),
    severity: readSeverities(configuration.get('severity')),
    stepBack: wanted === 'stepBack' || (wanted === 'auto' && githubExtensionCovers(uri)),
  };
}

/** Which files are checked: all of the workspace, or those that are open. */
export function lintScope(): 'workspace' | 'openFiles' {
  return v.parse(scopeSchema, workspace.getConfiguration(section).get('scope'));
}

/** Whether a finding is left to GitHub's extension: one of the two categories it covers, unless its rule is set by name. */
export function isLeftToGithub(finding: Finding, settings: FileSettings): boolean {
  if (!settings.stepBack || (finding.category !== 'syntax' && finding.category !== 'expression')) return false;
  return finding.code !== 'unused-ignore' && settings.severity[finding.code] === undefined;
}

function readSeverities(value: unknown): FileSettings['severity'] {
  const severities: Record<string, v.InferOutput<typeof severity>> = {};
  for (const [name, set] of Object.entries(v.parse(severitySchema, value)))
    if (v.is(severity, set)) severities[name] = set;
  return severities;
}

/** It checks workflows and actions; dependabot.yml it does not know. */
function githubExtensionCovers(uri: Uri): boolean {
  return (
    !/\/dependabot\.ya?ml$/.test(uri.path) && extensions.getExtension('GitHub.vscode-github-actions') !== undefined
  );
}
