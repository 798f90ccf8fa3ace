import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { knownInputs } from './known-inputs';

export const missingInput = rule({
  code: 'missing-input',
  category: 'correctness',
  title: 'An input that the action needs',
  severity: 'error',
  description: 'The action has an input that is required and has no default, and the step does not give it.',
  bad: [workflowOf('- uses: actions/cache@v5\n  with:\n    path: target')],
  good: [workflowOf('- uses: actions/cache@v5\n  with:\n    path: target\n    key: target')],
  source: 'actionlint: action, GitHub: missing-required-inputs',
  files: ['workflow', 'action'],
  check: ({ steps, repository, edit, report }) => {
    for (const step of steps) {
      const known = step.uses === undefined ? undefined : knownInputs(step, repository);
      if (known === undefined || step.uses === undefined) continue;
      const given = new Set(step.with?.entries.map(({ key }) => key.text.toLowerCase()));
      if (step.with?.entries.some(({ key }) => key.text.includes('${{')) === true) continue;
      const missing = [...known.inputs]
        .filter(([id, input]) => input.required && !given.has(id))
        .map(([, input]) => input.name);
      if (missing.length === 0) continue;
      const last = step.with?.entries.at(-1);
      report(
        step.uses.node,
        missing.length === 1
          ? `${known.action} needs the input "${missing.join()}".`
          : `${known.action} needs the inputs ${missing.map((name) => `"${name}"`).join(', ')}.`,
        {
          fixes: [
            edit.unsafeFix(
              missing.length === 1 ? 'Add the missing input' : 'Add the missing inputs',
              step.with === undefined || last === undefined
                ? edit.addEntry(step.node, 'with', `\n${missing.map((name) => `  ${name}: ''`).join('\n')}`, {
                    after: 'uses',
                  })
                : edit.addEntry(
                    step.with,
                    missing[0] ?? '',
                    ["''", ...missing.slice(1).map((name) => `${name}: ''`)].join('\n'),
                  ),
            ),
          ],
        },
      );
    }
  },
});
