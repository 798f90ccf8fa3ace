import { rule } from '../../rule';
import { fromProblems } from '../from-problems';

export const unknownEvent = rule({
  code: 'unknown-event',
  category: 'syntax',
  title: 'An event that does not exist',
  severity: 'error',
  description:
    'The workflow is to run on an event that GitHub does not know, so GitHub refuses it. Names of events are lower case with underscores.',
  bad: [
    `on: [push, pull-request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
    `on:
  pushed:
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  good: [
    `on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: cargo test
`,
  ],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows'],
  source: 'actionlint: events, GitHub',
  check: fromProblems('unknown-event'),
});
