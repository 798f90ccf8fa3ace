import { rule } from '../../rule';
import type { Node } from '../../yaml/node';
import { workflowOf } from '../examples';

const container = (password: string): string =>
  `container:\n  image: ghcr.io/acme/build@sha256:${'a'.repeat(64)}\n  credentials:\n    username: acme\n    password: ${password}`;

export const hardcodedContainerCredentials = rule({
  code: 'hardcoded-container-credentials',
  category: 'security',
  title: 'A registry password in the workflow',
  severity: 'error',
  description:
    'Everybody who can read the repository can read this password, also after it is removed, in the history. Change the password, store the new one as a secret and refer to it with `${{ secrets.NAME }}`.',
  bad: [workflowOf('- run: cargo test', { job: container('hunter2') })],
  good: [workflowOf('- run: cargo test', { job: container('${{ secrets.REGISTRY_PASSWORD }}') })],
  source: 'zizmor: hardcoded-container-credentials, actionlint: credentials',
  check: ({ jobs, report }) => {
    for (const job of jobs) {
      const places: [string, Node | undefined][] = [['the container', job.container]];
      for (const { key, value } of job.services?.entries ?? []) places.push([`service "${key.text}"`, value]);
      for (const [name, node] of places) {
        const entry = node?.kind === 'map' ? node.entry('credentials') : undefined;
        const password = entry?.value.kind === 'map' ? entry.value.scalar('password') : undefined;
        if (entry === undefined || password === undefined || password.isNull) continue;
        if (/^\$\{\{.*\}\}$/s.test(password.text.trim())) continue;
        report(entry.key, `The password of ${name} is written into the workflow: use a secret.`, {
          related: [{ start: password.start, end: password.end, message: 'The password' }],
        });
      }
    }
  },
});
