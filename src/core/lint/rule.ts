import type { Expression, Problem, ProblemKind, Related } from './analysis';
import type { Config } from './config/config';
import type { FileKind, LintDocument } from './document';
import type { Category, Fix, Severity, Tag } from './finding';
import type { Editor } from './fix/editor';
import type { Action } from './model/action';
import type { Dependabot } from './model/dependabot';
import type { Job, Step, Workflow } from './model/workflow';
import type { Repository } from './repository';
import type { Range } from './yaml/node';

/** An example of a rule: a file's text, or several files of which the first is checked. */
export type Example =
  string | { readonly path?: string; readonly text: string; readonly files?: Readonly<Record<string, string>> };

/** One check. Rules live in `rules/<category>/<code>.ts`; see README.md here. */
export interface Rule {
  /** Stable, kebab-case: people write it in settings and ignore comments. */
  readonly code: string;
  readonly category: Category;
  /** One line: what is wrong. */
  readonly title: string;
  /** `off` rules run only when someone switches them on. */
  readonly severity: Severity | 'off';
  /** Markdown: what the rule finds, why it matters, what to do. */
  readonly description: string;
  /** Examples that must be found; each is linted by a test. */
  readonly bad: readonly Example[];
  /** Examples in which this rule must find nothing. */
  readonly good: readonly Example[];
  /** Pages that say more. */
  readonly links?: readonly string[];
  /** The same check elsewhere: `actionlint: matrix`, `zizmor: artipacked`, `GitHub`. */
  readonly source?: string;
  /** Kinds of files it looks at; workflows unless it says otherwise. */
  readonly files?: readonly FileKind[];
  readonly check: (context: RuleContext) => void;
}

export interface Details {
  readonly related?: readonly Related[] | undefined;
  readonly tags?: readonly Tag[];
  readonly fixes?: readonly Fix[];
  /** Where this finding weighs differently from its rule; `off` for what only `--all-rules` should show. */
  readonly severity?: Severity | 'off' | undefined;
}

/** What a rule works with. All of it is read-only and shared between rules. */
export interface RuleContext {
  readonly document: LintDocument;
  /** POSIX path, relative to the repository where there is one. */
  readonly path: string;
  readonly text: string;
  readonly workflow: Workflow | undefined;
  readonly action: Action | undefined;
  readonly dependabot: Dependabot | undefined;
  /** Empty in what is no workflow. */
  readonly jobs: readonly Job[];
  /** The steps of all jobs, or those of a composite action. */
  readonly steps: readonly Step[];
  /** Every `${{ }}` and every `if:`. */
  readonly expressions: readonly Expression[];
  /** Absent where only the text is known; a rule that needs it is silent then. */
  readonly repository: Repository | undefined;
  /** The repository's actionlint and zizmor configuration. */
  readonly config: Config;
  /** Makes the edits of fixes. */
  readonly edit: Editor;
  /** What the shared passes found, of one kind. */
  readonly problems: (kind: ProblemKind) => readonly Problem[];
  /** The text of the comment behind a node on the node's last line, without `#`. */
  readonly commentBehind: (node: Range) => string | undefined;
  readonly report: (range: Range, message: string, details?: Details) => void;
}

/** Declares a rule; exists so that a rule's file is checked where it is written. */
export function rule(definition: Rule): Rule {
  return definition;
}
