import type { Command } from './command.js';
import { optionsHelp, runPipelineCommand } from './pipeline-command.js';

export const update: Command = {
  name: 'update',
  summary: 'bring a scaffolded pipeline to the current templates',
  help: `usage: rust-ci update [DIR] [OPTIONS]

Brings the pipeline in the repository DIR (the current folder without it) to the current templates, with the options
that .github/rust-ci.json has.
${optionsHelp}`,
  run: (args, terminal) => runPipelineCommand(args, terminal, true),
};
