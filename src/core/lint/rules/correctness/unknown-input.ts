import { closest } from '../../suggest';
import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { knownInputs } from './known-inputs';

const localAction = {
  '.github/actions/build/action.yml':
    'name: Build\ndescription: Builds.\ninputs:\n  profile:\n    description: The profile.\n    required: true\nruns:\n  using: composite\n  steps: []\n',
};

export const unknownInput = rule({
  code: 'unknown-input',
  category: 'correctness',
  title: 'An input that the action does not have',
  severity: 'error',
  description:
    'The action ignores inputs that it does not know, so what was meant does not happen. The inputs of popular actions are known by their version, also by the version in the comment behind a SHA; those of actions in this repository from their file.',
  bad: [
    workflowOf('- uses: actions/checkout@v6\n  with:\n    fetch_depth: 0'),
    {
      text: workflowOf('- uses: ./.github/actions/build\n  with:\n    profile: release\n    mode: fast'),
      files: localAction,
    },
  ],
  good: [workflowOf('- uses: actions/checkout@v6\n  with:\n    fetch-depth: 0')],
  source: 'actionlint: action, GitHub',
  files: ['workflow', 'action'],
  check: ({ steps, repository, edit, report }) => {
    for (const step of steps) {
      if (step.with === undefined) continue;
      const known = knownInputs(step, repository);
      if (known === undefined) continue;
      for (const entry of step.with.entries) {
        const name = entry.key.text.toLowerCase();
        if (known.inputs.has(name) || name.includes('${{')) continue;
        // Of actions in containers.
        if (step.uses?.kind === 'docker' && (name === 'args' || name === 'entrypoint')) continue;
        const used = new Set(step.with.entries.map(({ key }) => key.text.toLowerCase()));
        const free = [...known.inputs.values()]
          .map((input) => input.name)
          .filter((input) => !used.has(input.toLowerCase()));
        const meant = closest(entry.key.text, free);
        report(
          entry.key,
          `${known.action} has no input "${entry.key.text}"${meant === undefined ? '' : `; is "${meant}" meant`}.`,
          {
            fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.renameKey(entry, meant))],
          },
        );
      }
    }
  },
});
