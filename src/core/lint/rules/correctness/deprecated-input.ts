import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { isRelease } from '../../model/version';
import { knownInputs } from './known-inputs';

export const deprecatedInput = rule({
  code: 'deprecated-input',
  category: 'correctness',
  title: 'An input that is going away',
  severity: 'warning',
  description: 'The action’s author asks not to use this input any more.',
  bad: [
    {
      text: workflowOf('- uses: ./.github/actions/build\n  with:\n    mode: fast'),
      files: {
        '.github/actions/build/action.yml':
          'name: Build\ndescription: Builds.\ninputs:\n  mode:\n    description: The mode.\n    deprecationMessage: Use profile.\nruns:\n  using: composite\n  steps: []\n',
      },
    },
  ],
  good: [workflowOf('- uses: actions/checkout@v6\n  with:\n    fetch-depth: 0')],
  source: 'actionlint: action, GitHub',
  files: ['workflow', 'action'],
  check: ({ steps, repository, report }) => {
    for (const step of steps) {
      if (step.with === undefined) continue;
      const known = knownInputs(step, repository);
      // Who names one release is safe from the next one.
      const severity = step.uses?.kind === 'action' && isRelease(step.uses.ref) ? 'info' : undefined;
      for (const { key } of known === undefined ? [] : step.with.entries) {
        const message = known?.inputs.get(key.text.toLowerCase())?.deprecated;
        if (message !== undefined)
          report(key, `The input "${key.text}" is deprecated${message === '' ? '.' : `: ${message}`}`, {
            tags: ['deprecated'],
            severity,
          });
      }
    }
  },
});
