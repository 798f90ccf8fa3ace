import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const missingAction = rule({
  code: 'missing-action',
  category: 'correctness',
  title: 'An action that is not in the repository',
  severity: 'error',
  description: 'A step uses an action by a path in this repository, where there is no `action.yml` and no Dockerfile.',
  bad: [
    {
      text: workflowOf('- uses: ./.github/actions/biuld'),
      files: {
        '.github/actions/build/action.yml':
          'name: Build\ndescription: Builds.\nruns:\n  using: composite\n  steps: []\n',
      },
    },
  ],
  good: [
    {
      text: workflowOf('- uses: ./.github/actions/build'),
      files: {
        '.github/actions/build/action.yml':
          'name: Build\ndescription: Builds.\nruns:\n  using: composite\n  steps: []\n',
      },
    },
  ],
  source: 'actionlint: action',
  files: ['workflow', 'action'],
  check: ({ steps, repository, report }) => {
    const all = repository?.list() ?? [];
    if (repository === undefined || all.length === 0) return;
    // Without any action, what is here may be a part of the repository only.
    const severity = all.some((file) => /(?:^|\/)action\.ya?ml$/.test(file)) ? undefined : 'info';
    for (const { uses, job } of steps) {
      if (uses === undefined || (uses.kind !== 'local' && uses.kind !== 'self')) continue;
      // A step before may check another repository out below this path.
      const elsewhere = (job?.steps ?? []).some(
        (step) =>
          step.uses?.slug === 'actions/checkout' &&
          (step.with?.entry('path') ?? step.with?.entry('repository')) !== undefined,
      );
      if (elsewhere || uses.path.includes('..')) continue;
      const prefix = uses.path === '' ? '' : `${uses.path}/`;
      const files = ['action.yml', 'action.yaml', 'Dockerfile'].map((name) => prefix + name);
      if (!files.some((file) => repository.exists(file)))
        report(
          uses.node,
          `There is no action.yml in ${uses.path === '' ? 'the root of this repository' : uses.path}.`,
          {
            severity,
          },
        );
    }
  },
});
