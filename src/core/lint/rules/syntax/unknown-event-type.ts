import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unknownEventType = rule({
  code: 'unknown-event-type',
  category: 'syntax',
  title: 'An activity type that the event does not have',
  severity: 'error',
  description: '`types` names an activity that this event never has, so GitHub refuses the workflow.',
  bad: [
    `on:
  pull_request:
    types: [opened, synchronized]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on:
  pull_request:
    types: [opened, synchronize]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows'],
  source: 'actionlint: events, GitHub',
  check: fromProblems('unknown-event-type'),
});
