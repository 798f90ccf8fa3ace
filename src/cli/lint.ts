import type { Command } from './command.js';

export const lint: Command = {
  name: 'lint',
  summary: 'check GitHub Actions workflows',
  help: undefined,
  // The linter is large, and the other commands start without it.
  run: async (args) => (await import('./lint/lint.js')).lintCommand(args),
};
