import type { Command } from './command.js';
import { optionsHelp, runPipelineCommand } from './pipeline-command.js';

export const scaffold: Command = {
  name: 'scaffold',
  summary: 'write the pipeline into a repository, or update the one that is there',
  help: `usage: rust-ci scaffold [DIR] [OPTIONS]

Writes six GitHub Actions workflows and their configuration into the repository DIR (the current folder without it).
Options are recommended from what the repository is.
${optionsHelp}`,
  run: (args, terminal) => runPipelineCommand(args, terminal, false),
};
