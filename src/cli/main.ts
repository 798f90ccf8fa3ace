import { version } from '../../package.json';
import { InputError } from '../core/scaffold/input-error.js';
import { benchmarks } from './benchmarks.js';
import { UsageError, type Command, type Terminal } from './command.js';
import { lint } from './lint.js';
import { scaffold } from './scaffold.js';
import { update } from './update.js';

const commands: readonly Command[] = [scaffold, update, lint, benchmarks];

const help = `Rust CI Pipeline ${version}

usage: rust-ci COMMAND [OPTIONS]

${commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

rust-ci COMMAND --help tells more. Exit codes: 0 done or nothing to do, 1 conflicts or refused, 2 wrong usage.
`;

async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-V') {
    terminal.print(`${version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.print(help);
    return 0;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) {
    terminal.tell(name === undefined ? help : `rust-ci: there is no command "${name}". Try rust-ci --help.\n`);
    return 2;
  }
  if (command.help !== undefined && (rest.includes('--help') || rest.includes('-h'))) {
    terminal.print(command.help);
    return 0;
  }
  return runCommand(command, rest, terminal);
}

async function runCommand(command: Command, args: string[], terminal: Terminal): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (isUsageError(error)) {
      terminal.tell(`rust-ci ${command.name}: ${error.message} Try rust-ci ${command.name} --help.\n`);
      return 2;
    }
    if (error instanceof InputError) {
      terminal.tell(`error: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

/** Our own, or one of node:util's parseArgs. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// A reader that has seen enough, such as head, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const terminal: Terminal = {
  folder: process.cwd(),
  print: (text) => process.stdout.write(text),
  tell: (text) => process.stderr.write(text),
};
void main(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
