import { rule } from '../../rule';
import { workflowOf } from '../examples';

export const dangerousTriggers = rule({
  code: 'dangerous-triggers',
  category: 'security',
  title: 'A trigger that gives strangers the rights of the repository',
  severity: 'warning',
  description:
    '`pull_request_target` and `workflow_run` run with the secrets and the write token of the repository, and people from outside can start them with a pull request. Code of the pull request that runs there, even a build script or a test, owns the repository. Use `pull_request`; where you need to write to the pull request, split the work so that no foreign code runs in the privileged part.',
  bad: [
    workflowOf('- run: cargo test', { on: 'pull_request_target' }),
    workflowOf('- run: cargo test', { on: '\n  workflow_run:\n    workflows: [CI]' }),
  ],
  good: [
    workflowOf('- run: cargo test', { on: 'pull_request' }),
    workflowOf('- uses: actions/labeler@v6', { on: 'pull_request_target' }),
  ],
  links: ['https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/'],
  source: 'zizmor: dangerous-triggers',
  check: ({ workflow, jobs, report }) => {
    if (workflow?.onEntry === undefined) return;
    for (const { event, key } of workflow.triggers) {
      if (event !== 'pull_request_target' && event !== 'workflow_run') continue;
      const [step, ...others] = jobs[0]?.steps ?? [];
      // Labelling is what the trigger was made for, and runs no code of the pull request.
      const labels = jobs.length === 1 && others.length === 0 && step?.uses?.slug === 'actions/labeler';
      if (event === 'pull_request_target' && labels) continue;
      report(
        workflow.onEntry.key,
        `${event} runs with secrets and a write token, and people from outside can start it.`,
        { related: [{ start: key.start, end: key.end, message: event }] },
      );
    }
  },
});
