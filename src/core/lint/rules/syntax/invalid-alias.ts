import { rule } from '../../rule';
import { closest } from '../../suggest';

export const invalidAlias = rule({
  code: 'invalid-alias',
  category: 'syntax',
  title: 'An alias that stands for nothing',
  severity: 'error',
  description:
    'An alias `*name` stands for what `&name` marks before it in the file. There is no such anchor, it comes later, or the alias lies inside of what it stands for.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        env: *env
`,
  ],
  good: [
    `on: push
env: &env
  A: b
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
        env: *env
`,
  ],
  source: 'actionlint: syntax-check',
  files: ['workflow', 'action', 'dependabot'],
  check: ({ document, edit, report }) => {
    const { aliases, anchors } = document.tree;
    for (const alias of aliases) {
      if (alias.recursive) report(alias, `The alias "${alias.name}" lies inside of what it stands for.`);
      if (alias.anchor !== undefined) continue;
      const names = anchors.filter(({ start }) => start < alias.start).map(({ name }) => name);
      const suggestion = closest(alias.name, names);
      const fixes =
        suggestion === undefined
          ? []
          : [edit.fix(`Replace with "*${suggestion}"`, edit.replace(alias, `*${suggestion}`))];
      const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
      report(alias, `No anchor "${alias.name}" comes before this alias.${hint}`, { fixes });
    }
  },
});
