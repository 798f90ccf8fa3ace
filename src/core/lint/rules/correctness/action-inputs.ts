import { closest } from '../../suggest';
import { rule } from '../../rule';
import { workflowOf } from '../security/examples';
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
      for (const { key } of known === undefined ? [] : step.with.entries) {
        const message = known?.inputs.get(key.text.toLowerCase())?.deprecated;
        if (message !== undefined)
          report(key, `The input "${key.text}" is deprecated${message === '' ? '.' : `: ${message}`}`, {
            tags: ['deprecated'],
          });
      }
    }
  },
});
