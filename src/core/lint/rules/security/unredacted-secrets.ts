import { rule } from '../../rule';
import { walk } from '../../expression/ast';
import { secretAccesses } from './secret-access';
import { workflowOf } from '../examples';

export const unredactedSecrets = rule({
  code: 'unredacted-secrets',
  category: 'security',
  title: 'A part of a secret is not masked in logs',
  severity: 'warning',
  description:
    'GitHub masks a secret as a whole. A value taken out of it with `fromJSON` is not known as a secret and appears in logs as it is. Store each value as a secret of its own.',
  bad: [workflowOf('- run: deploy\n  env:\n    PASSWORD: ${{ fromJSON(secrets.CREDENTIALS).password }}')],
  good: [workflowOf('- run: deploy\n  env:\n    PASSWORD: ${{ secrets.PASSWORD }}')],
  source: 'zizmor: unredacted-secrets',
  files: ['workflow', 'action'],
  check: ({ expressions, report }) => {
    for (const expression of expressions) {
      const { ast } = expression.parsed;
      if (ast === undefined || !/fromjson/i.test(expression.source)) continue;
      for (const node of walk(ast)) {
        if (node.kind !== 'call' || node.name.toLowerCase() !== 'fromjson') continue;
        const [secret] = node.args;
        if (secret !== undefined && secretAccesses(secret)[0] === secret)
          report(expression.range(node), 'GitHub masks the secret as a whole, and not what is taken out of it.');
      }
    }
  },
});
