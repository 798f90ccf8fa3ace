import { rule } from '../../rule';
import type { MapNode, Node } from '../../yaml/node';
import { workflowOf } from '../examples';

const variable = 'ACTIONS_ALLOW_UNSECURE_COMMANDS';

export const insecureCommands = rule({
  code: 'insecure-commands',
  category: 'security',
  title: 'Deprecated workflow commands are switched on again',
  severity: 'warning',
  description:
    '`ACTIONS_ALLOW_UNSECURE_COMMANDS` brings back `::set-env::` and `::add-path::`, with which any text that a step prints can set environment variables and so run code. Remove it and write to `$GITHUB_ENV` and `$GITHUB_PATH`.',
  bad: [
    workflowOf(`- run: cargo test\n  env:\n    ${variable}: true\n    RUST_BACKTRACE: 1`),
    workflowOf('- run: cargo test', { top: `env:\n  ${variable}: 'true'` }),
  ],
  good: [workflowOf('- run: cargo test\n  env:\n    RUST_BACKTRACE: 1')],
  source: 'zizmor: insecure-commands',
  files: ['workflow', 'action'],
  check: ({ workflow, jobs, steps, edit, report }) => {
    const owners: MapNode[] = [...jobs.map(({ node }) => node), ...steps.map(({ node }) => node)];
    if (workflow !== undefined) owners.unshift(workflow.node);
    for (const owner of owners) {
      const env = owner.entry('env');
      if (env === undefined) continue;
      if (isExpression(env.value)) {
        report(env.key, `This expression may set ${variable}.`, { severity: 'off' });
        continue;
      }
      const map = env.value.kind === 'map' ? env.value : undefined;
      const entry = map?.entry(variable);
      if (map === undefined || entry?.value.kind !== 'scalar' || entry.value.text.toLowerCase() !== 'true') continue;
      const removal = map.entries.length === 1 ? edit.removeEntry(owner, env) : edit.removeEntry(map, entry);
      report({ start: env.key.start, end: entry.end }, `${variable} lets printed text set variables and run code.`, {
        fixes: [edit.fix(`Remove ${variable}`, removal)],
      });
    }
  },
});

function isExpression(node: Node): boolean {
  return node.kind === 'scalar' && /^\$\{\{.*\}\}$/s.test(node.text.trim());
}
