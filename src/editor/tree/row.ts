import type { AccessibilityInformation, Command, MarkdownString, ThemeIcon, Uri } from 'vscode';
import type { Target } from './target.js';

/** A row of a tree, as it is now. Rows are made anew with every change; their ids tell which is which. */
export interface Row {
  /** Unique in its tree and the same for as long as it is about the same thing, for example `run/12/attempt/1/job/34`. */
  readonly id: string;
  readonly label: string;
  /** Beside the label, paler. */
  readonly description?: string | undefined;
  readonly icon?: ThemeIcon | undefined;
  /** Made when somebody hovers. */
  readonly tooltip?: (() => MarkdownString | string) | undefined;
  /** What screen readers say; needed where the icon tells something that the texts do not. */
  readonly accessible?: AccessibilityInformation['label'] | undefined;
  /** Words that the menus' conditions look for, for example `run` and `rerunnable`. */
  readonly tokens?: readonly string[] | undefined;
  /** What Enter and a click do. */
  readonly command?: Command | undefined;
  /** Gives the row the decorations of a file. */
  readonly resource?: Uri | undefined;
  readonly target?: Target | undefined;
  /** Undefined: it has none. Lazy ones are asked for when the row is opened. */
  readonly children?: Children | undefined;
  /** Whether it is open when it is shown for the first time. Default: false. */
  readonly expanded?: boolean | undefined;
}

export type Children = readonly Row[] | LazyChildren;

export interface LazyChildren {
  /** Changes when they must be asked for again, for example with a run's `updatedAt`. */
  readonly version: string | number;
  /** A rejection becomes a row that tells the problem. */
  load(signal: AbortSignal): Promise<readonly Row[]>;
}
