import { MarkdownString } from 'vscode';

/** A command behind a link in a tooltip. */
export interface Link {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[] | undefined;
}

/**
 * A hover of lines and links. What comes from outside is shown as text: only the commands that are named here can be run, and no
 * markup of a commit message or a reason is followed.
 */
export function tooltip(
  lines: readonly (string | undefined)[],
  links: readonly (Link | undefined)[] = [],
): MarkdownString {
  const shown = links.filter((link) => link !== undefined);
  const text = new MarkdownString();
  text.isTrusted = { enabledCommands: [...new Set(shown.map(({ command }) => command))] };
  lines
    .filter((line): line is string => line !== undefined && line !== '')
    .forEach((line, index) => {
      if (index > 0) text.appendMarkdown('\n\n');
      text.appendMarkdown(escaped(line));
    });
  if (shown.length > 0) {
    const written = shown.map((link) => {
      const query = link.arguments ? `?${encodeURIComponent(JSON.stringify(link.arguments))}` : '';
      return `[${link.title}](command:${link.command}${query})`;
    });
    text.appendMarkdown(`\n\n${written.join(' · ')}`);
  }
  return text;
}

/** Text that Markdown shows as it is. MarkdownString's own way makes every space one that lines are not broken at. */
export const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]()#+\-.!<>&|~$:]/g, '\\$&').replace(/\r?\n/g, '  \n');

/** Opens a page of the web. */
export const pageLink = (title: string, url: string | null): Link | undefined =>
  url === null ? undefined : { title, command: 'rustCi.openPage', arguments: [url] };
