import type { Uri } from 'vscode';
import type { Choices, Plan } from '../../core/scaffold/plan.js';

/** A pipeline that somebody looks at and that may be written. */
export interface Proposal {
  /** The repository. */
  readonly root: Uri;
  /** What the person is doing: "Scaffold Rust CI". */
  readonly title: string;
  readonly plan: Plan;
  readonly choices: Choices;
  /** What a person ought to know before writing, one sentence each. */
  readonly notices: readonly string[];
  /** Plans again from the files as they are now. */
  readonly replan: (choices: Choices) => Promise<Plan>;
}

/** Whether two plans would write the same. */
export function writesTheSame(a: Plan, b: Plan): boolean {
  const written = ({ changes }: Plan) =>
    JSON.stringify(changes.map(({ path, before, after }) => [path, before, after]));
  return written(a) === written(b);
}
