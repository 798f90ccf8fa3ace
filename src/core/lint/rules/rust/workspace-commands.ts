import { cargoCommands, hasFlag, inScript } from '../../cargo/command';
import type { CargoCommand, FlagValue } from '../../cargo/command';
import { cargoProject } from '../../cargo/project';
import type { CargoProject } from '../../cargo/project';
import { closest } from '../../suggest';
import type { RuleContext } from '../../rule';

/** Commands whose flags name things of the workspace, and not of a dependency or another project. */
const ofWorkspace = new Set(
  'b bench build c check clippy d doc llvm-cov miri nextest r run rustc rustdoc t tarpaulin test'.split(' '),
);

/** Calls `visit` for every command that speaks of the workspace in the root of the repository. */
export function forEachCommand(
  { steps, repository }: RuleContext,
  visit: (command: CargoCommand, project: CargoProject) => void,
): void {
  for (const step of steps)
    for (const command of cargoCommands(step)) {
      if (
        !ofWorkspace.has(command.subcommand.text) ||
        hasFlag([...command.args, ...command.globals], '--manifest-path', '-C')
      )
        continue;
      const project = cargoProject(repository);
      if (project === undefined) return;
      visit(command, project);
    }
}

/** Reports a name that the workspace does not have, with what was probably meant. */
export function reportUnknown(
  context: RuleContext,
  { step }: CargoCommand,
  value: FlagValue,
  name: string,
  message: string,
  candidates: Iterable<string>,
): void {
  const { text, edit, report } = context;
  const meant = closest(name, candidates);
  const range = inScript(text, step, value.word);
  const written = text.slice(range.start, range.end);
  report(range, `${message}${meant === undefined ? '' : `; is "${meant}" meant`}.`, {
    fixes:
      meant === undefined || !written.includes(name)
        ? []
        : [
            edit.fix(
              `Change to ${meant}`,
              edit.replace(
                range,
                written.replace(name, () => meant),
              ),
            ),
          ],
  });
}
