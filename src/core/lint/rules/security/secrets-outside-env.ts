import { rule } from '../../rule';
import type { Job } from '../../model/workflow';
import { scalars } from '../../yaml/node';
import { workflowOf } from '../examples';
import { secretAccesses, secretName } from './secret-access';

export const secretsOutsideEnv = rule({
  code: 'secrets-outside-env',
  category: 'security',
  title: 'A secret of the repository instead of an environment',
  severity: 'off',
  description:
    'Every job of every workflow can use a secret of the repository. One that belongs to an environment is given only to jobs that name the environment, from the branches and after the approvals that it asks for.',
  bad: [workflowOf('- run: cargo publish\n  env:\n    CARGO_REGISTRY_TOKEN: ${{ secrets.CRATES_IO }}')],
  good: [
    workflowOf('- run: cargo publish\n  env:\n    CARGO_REGISTRY_TOKEN: ${{ secrets.CRATES_IO }}', {
      job: 'environment: crates-io',
    }),
  ],
  source: 'zizmor: secrets-outside-env (auditor)',
  check: ({ workflow, expressions, config, report }) => {
    // A called workflow runs in the environments that its caller cannot see.
    if (workflow === undefined || workflow.trigger('workflow_call') !== undefined) return;
    const allowed = new Set(
      scalars(config.zizmor.config('secrets-outside-env')?.get('allow')).map(({ text }) => text.toLowerCase()),
    );
    for (const expression of expressions) {
      const { job } = expression.place;
      // GitHub rejects secrets in a condition without braces.
      if (expression.bare) continue;
      const { ast } = expression.parsed;
      if (ast === undefined || job === undefined || job.uses !== undefined || hasEnvironment(job)) continue;
      if (!/secrets/i.test(expression.source)) continue;
      for (const node of secretAccesses(ast)) {
        const name = secretName(node)?.toLowerCase();
        if (name === 'github_token' || (name !== undefined && allowed.has(name))) continue;
        report(expression.range(node), 'Every job can use this secret: keep it in an environment.');
      }
    }
  },
});

function hasEnvironment({ environment }: Job): boolean {
  return environment !== undefined && !(environment.kind === 'scalar' && environment.isNull);
}
