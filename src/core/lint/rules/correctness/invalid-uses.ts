import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const invalidUses = rule({
  code: 'invalid-uses',
  category: 'correctness',
  title: 'A reference to an action that GitHub cannot read',
  severity: 'error',
  description:
    'A step uses `owner/repo@ref`, `owner/repo/path@ref`, `./path`, `$/path` or `docker://image:tag`. A job calls `owner/repo/.github/workflows/file.yml@ref`, or the same with `./` or `$/` in front and without a ref.',
  bad: [
    workflowOf('- uses: actions/checkout'),
    workflowOf('- uses: checkout@v6'),
    workflowOf('- uses: ./.github/actions/build@main'),
  ],
  good: [workflowOf('- uses: actions/checkout@v6'), workflowOf('- uses: ./.github/actions/build')],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses'],
  source: 'actionlint: action, workflow-call, GitHub: invalid-uses-format',
  files: ['workflow', 'action'],
  check: ({ jobs, steps, edit, report }) => {
    for (const step of steps) {
      const { uses } = step;
      if (uses === undefined || uses.node.isNull) continue;
      if (uses.text === '') continue;
      if (uses.kind === 'invalid') {
        const slug = /^[\w.-]+\/[\w./-]+$/.test(uses.text);
        report(
          uses.node,
          slug
            ? `"${uses.text}" needs a version: ${uses.text}@…`
            : `"${uses.text}" is no action: write owner/repo@ref, ./path or docker://image.`,
        );
      } else if ((uses.kind === 'local' || uses.kind === 'self') && /@[^/]*$/.test(uses.text)) {
        const plain = uses.text.replace(/@[^/]*$/, '');
        report(uses.node, 'A path in this repository has no ref: it is always the running commit.', {
          fixes: [edit.fix('Remove the ref', edit.setScalar(uses.node, plain))],
        });
      } else if (uses.kind === 'docker' && /^docker:\/\/(?:$|:)/.test(uses.text))
        report(uses.node, 'The image is missing.');
      else if (uses.kind === 'action' && uses.path.startsWith('.github/workflows/'))
        report(uses.node, 'This is a reusable workflow: a job calls it, not a step.');
    }
    for (const { uses } of jobs) {
      if (uses === undefined || uses.node.isNull || uses.text === '') continue;
      if (uses.kind === 'expression') continue;
      const local = uses.kind === 'local' || uses.kind === 'self';
      if (local && /@[^/]*$/.test(uses.text))
        report(uses.node, 'A workflow of this repository has no ref: it is always that of the running commit.', {
          fixes: [edit.fix('Remove the ref', edit.setScalar(uses.node, uses.text.replace(/@[^/]*$/, '')))],
        });
      else if (uses.kind === 'invalid' || uses.kind === 'docker')
        report(
          uses.node,
          /^[\w.-]+\/[\w.-]+\/.+\.ya?ml$/.test(uses.text)
            ? `"${uses.text}" needs a ref: ${uses.text}@…`
            : `"${uses.text}" is no reusable workflow: write owner/repo/.github/workflows/file.yml@ref or ./.github/workflows/file.yml.`,
        );
      else if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(uses.path))
        report(uses.node, 'Reusable workflows lie directly in .github/workflows and end in .yml or .yaml.');
    }
  },
});
