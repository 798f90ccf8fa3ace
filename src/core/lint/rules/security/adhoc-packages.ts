import { rule } from '../../rule';
import { commandsOf } from '../../shell/commands';
import type { Word } from '../../shell/commands';
import { shellOf } from '../../shell/shell-of';
import { ContentMap } from '../../yaml/content-map';
import { workflowOf } from '../examples';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** The subcommands that install what is named behind them. */
const installers: Readonly<Record<string, ReadonlySet<string>>> = {
  npm: words('install i in ins inst insta instal add isnt isnta isntal isntall'),
  yarn: words('add'),
  pnpm: words('add'),
  gem: words('install i'),
  bundle: words('add'),
};

/** Options whose value is the next word. */
const withValue = words('--cwd --dir -C --filter -F --prefix');

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
  const [program = '', ...rest] = words.map(({ text }) => text);
  const subcommands = installers[program];
  return subcommands !== undefined && named(behind(rest, subcommands, program));
}

/** What stands behind the subcommand; options may stand in front of it, other subcommands may not. */
function behind(words: readonly string[], subcommands: ReadonlySet<string>, program: string): readonly string[] {
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index] ?? '';
    if (subcommands.has(word)) return words.slice(index + 1);
    if (withValue.has(word) || (program === 'yarn' && word === 'workspace')) index++;
    else if (!word.startsWith('-') && !(word === 'global' && (program === 'yarn' || program === 'pnpm'))) break;
  }
  return [];
}

function named(args: readonly string[]): boolean {
  return args.some((word) => word !== '' && !word.startsWith('-'));
}
