import { rule } from '../../rule';

export const unusedAnchor = rule({
  code: 'unused-anchor',
  category: 'syntax',
  title: 'An anchor that nothing refers to',
  severity: 'warning',
  description:
    'An anchor `&name` without an alias `*name` behind it does nothing. Often one of the two is misspelled, or an anchor of the same name hides it.',
  bad: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - &test
        run: cargo test
`,
  ],
  good: [
    `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - &test
        run: cargo test
      - *test
`,
  ],
  source: 'actionlint: syntax-check',
  files: ['workflow', 'action', 'dependabot'],
  check: ({ document, edit, report, text }) => {
    const used = new Set(document.tree.aliases.map(({ anchor }) => anchor));
    for (const anchor of document.tree.anchors) {
      if (used.has(anchor)) continue;
      const space = /^[ \t]*/.exec(text.slice(anchor.end))?.[0].length ?? 0;
      const end = anchor.end + space;
      report(anchor, `Nothing refers to the anchor "${anchor.name}".`, {
        tags: ['unnecessary'],
        fixes: [edit.fix('Remove the anchor', edit.replace({ start: anchor.start, end }, ''))],
      });
    }
  },
});
