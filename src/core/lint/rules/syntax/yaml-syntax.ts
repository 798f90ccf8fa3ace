import { rule } from '../../rule';

export const yamlSyntax = rule({
  code: 'yaml-syntax',
  category: 'syntax',
  title: 'Not valid YAML',
  severity: 'error',
  description:
    'The file cannot be read as YAML, so GitHub refuses it as a whole. Frequent reasons: a tab in the indentation, a value with `: ` or ` #` that needs quotes, a bracket or quote that is not closed, lines of a block indented less than its first line.',
  bad: ['on: push\njobs:\n  test:\n    runs-on: [ubuntu-latest\n    steps: []\n'],
  good: ['on: push\njobs:\n  test:\n    runs-on: [ubuntu-latest]\n    steps:\n      - run: cargo test\n'],
  links: [
    'https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#about-yaml-syntax-for-workflows',
  ],
  source: 'actionlint: syntax-check, GitHub',
  files: ['workflow', 'action', 'dependabot'],
  check: ({ document, report }) => {
    const { problems, root } = document.tree;
    const lines = new Set<number>();
    for (const { message, ...range } of problems) {
      // One mistake often makes several problems; those of one line are one.
      const line = document.lines.lineAt(range.start);
      if (!lines.has(line)) report(range, message);
      lines.add(line);
    }
    if (problems.length > 0 || root?.kind === 'map') return;
    const message = root === undefined ? 'This file is empty.' : 'This file needs to be a mapping of keys to values.';
    report(root ?? { start: 0, end: 0 }, message);
  },
});
