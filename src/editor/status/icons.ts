import { ThemeColor, ThemeIcon } from 'vscode';
import type { Progress } from '../../core/actions/run.js';
import type { GateState } from '../../core/gates/gate.js';
import { standingOf } from '../../core/gates/progress.js';

const icon = (id: string, color: string) => new ThemeIcon(id, new ThemeColor(color));

/** Each state has a shape of its own: colour is never the only sign. */
const icons: Readonly<Record<GateState, ThemeIcon>> = {
  failed: icon('error', 'testing.iconFailed'),
  unknown: icon('question', 'list.warningForeground'),
  waiting: icon('bell', 'list.warningForeground'),
  running: icon('sync~spin', 'progressBar.background'),
  queued: icon('watch', 'testing.iconQueued'),
  stale: icon('history', 'descriptionForeground'),
  skipped: icon('circle-slash', 'testing.iconSkipped'),
  notSetUp: icon('circle-large-outline', 'descriptionForeground'),
  passed: icon('pass', 'testing.iconPassed'),
};

export const gateIcon = (state: GateState): ThemeIcon => icons[state];

/** The icon of a run, job or step. */
export function progressIcon(progress: Progress): ThemeIcon {
  if (progress.conclusion === 'cancelled') return icon('stop-circle', 'testing.iconSkipped');
  return icons[standingOf(progress).state];
}
