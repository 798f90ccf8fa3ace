import { rule } from '../../rule';
import { walk } from '../../expression/ast';
import { workflowOf } from '../examples';

export const overprovisionedSecrets = rule({
  code: 'overprovisioned-secrets',
  category: 'security',
  title: 'Every secret is given to a step',
  severity: 'warning',
  description:
    '`toJSON(secrets)` and `secrets[…]` with a computed name make GitHub hand every secret of the repository to the runner, whatever the step uses. Name the secrets one by one.',
  bad: [
    workflowOf('- run: deploy\n  env:\n    SECRETS: ${{ toJSON(secrets) }}'),
    workflowOf("- run: deploy\n  env:\n    TOKEN: ${{ secrets[format('{0}_TOKEN', matrix.env)] }}"),
  ],
  good: [workflowOf('- run: deploy\n  env:\n    TOKEN: ${{ secrets.DEPLOY_TOKEN }}')],
  source: 'zizmor: overprovisioned-secrets',
  files: ['workflow', 'action'],
  check: ({ expressions, report }) => {
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      if (ast === undefined || !/secrets/i.test(expression.source)) continue;
      for (const node of walk(ast)) {
        const whole = node.kind === 'call' && node.name.toLowerCase() === 'tojson' && isSecrets(node.args[0]);
        const computed = node.kind === 'index' && isSecrets(node.object);
        if (whole || computed)
          report(
            expression.range(node),
            'This hands every secret of the repository to the runner: name the ones you need.',
          );
      }
    }
  },
});

function isSecrets(node: { kind: string; name?: string } | undefined): boolean {
  return node?.kind === 'context' && node.name === 'secrets';
}
