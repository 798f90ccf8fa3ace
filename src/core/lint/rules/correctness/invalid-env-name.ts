import { rule } from '../../rule';
import type { MapNode } from '../../yaml/node';
import { workflowOf } from '../examples';

export const invalidEnvName = rule({
  code: 'invalid-env-name',
  category: 'correctness',
  title: 'A name that no environment variable can have',
  severity: 'error',
  description: 'Names of environment variables have no `=`, `&` and no white space.',
  bad: [workflowOf("- run: cargo test\n  env:\n    'RUST FLAGS': -D warnings")],
  good: [workflowOf('- run: cargo test\n  env:\n    RUSTFLAGS: -D warnings')],
  source: 'actionlint: env-var',
  files: ['workflow', 'action'],
  check: ({ workflow, jobs, steps, report }) => {
    const check = (env: MapNode | undefined): void => {
      for (const { key } of env?.entries ?? [])
        if (!key.text.includes('${{') && (key.text === '' || /[=&\s]/.test(key.text)))
          report(key, `"${key.text}" cannot be the name of an environment variable: it has a space, "=" or "&".`);
    };
    check(workflow?.env);
    for (const job of jobs) {
      check(job.env);
      if (job.container?.kind === 'map') check(job.container.map('env'));
      for (const { value } of job.services?.entries ?? []) if (value.kind === 'map') check(value.map('env'));
    }
    for (const step of steps) check(step.env);
  },
});
