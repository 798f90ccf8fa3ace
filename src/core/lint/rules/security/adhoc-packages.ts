import { rule } from '../../rule';
import { commandsOf } from '../../shell/commands';
import type { Word } from '../../shell/commands';
import { shellOf } from '../../shell/shell-of';
import { ContentMap } from '../../yaml/content-map';
import { workflowOf } from '../examples';

const npmInstall = new Set('install i in ins inst insta instal add isnt isnta isntal isntall'.split(' '));

export const adhocPackages = rule({
  code: 'adhoc-packages',
  category: 'security',
  title: 'A package is installed outside a lock file',
  severity: 'info',
  description:
    '`npm install NAME`, `yarn add`, `pnpm add`, `gem install` and `bundle add` take whatever version is newest now, with dependencies that nobody pinned or reviewed. Put the tool into a manifest with a lock file and install from that (`npm ci`, `bundle install`).',
  bad: [
    workflowOf('- run: npm install -g markdownlint-cli'),
    workflowOf('- run: |\n    cargo doc\n    gem install bundler'),
  ],
  good: [workflowOf('- run: npm ci'), workflowOf('- run: cargo install --locked cargo-hack@0.6.43')],
  source: 'zizmor: adhoc-packages',
  files: ['workflow', 'action'],
  check: ({ steps, workflow, text, report }) => {
    for (const step of steps) {
      const { run } = step;
      if (run === undefined || !/\b(?:npm|yarn|pnpm|gem|bundle)\b/.test(run.text)) continue;
      const shell = shellOf(step, workflow);
      if (shell === 'cmd' || shell === 'other') continue;
      const map = new ContentMap(text, run);
      for (const { words, start, end } of commandsOf(run))
        if (installs(words))
          report({ start: map.toFile(start), end: map.toFile(end) }, 'This installs a package outside a lock file.');
    }
  },
});

function installs(words: readonly Word[]): boolean {
  const [program, ...rest] = words.map(({ text }) => text);
  const at = (subcommands: ReadonlySet<string>): string[] | undefined => {
    const index = rest.findIndex((word) => subcommands.has(word));
    // Options may stand in front of the subcommand, other subcommands may not.
    if (index < 0 || !rest.slice(0, index).every((word, i, all) => word.startsWith('-') || all[i - 1] === '--cwd'))
      return undefined;
    return rest.slice(index + 1);
  };
  const named = (args: string[] | undefined): boolean =>
    args?.some((word) => word !== '' && !word.startsWith('-')) === true;
  if (program === 'npm') return named(at(npmInstall));
  if (program === 'yarn')
    return named(at(new Set(['add']))) || (rest[0] === 'global' && rest[1] === 'add' && named(rest.slice(2)));
  if (program === 'pnpm') return named(at(new Set(['add'])));
  if (program === 'gem') return named(at(new Set(['install', 'i'])));
  return program === 'bundle' && named(at(new Set(['add'])));
}
