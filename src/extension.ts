import type { ExtensionContext } from 'vscode';
import type { Feature } from './editor/feature.js';
import { lint } from './editor/lint/feature.js';
import { pipelineView } from './editor/pipeline/view.js';
import { scaffold } from './editor/scaffold/feature.js';

const features: readonly Feature[] = [pipelineView, scaffold, lint];

/** Switches on every feature, synchronously. */
export function activate(context: ExtensionContext): void {
  for (const feature of features) context.subscriptions.push(feature(context));
}
