import type { Expression, Problem } from './analysis';
import { readAction } from './model/action';
import type { Action } from './model/action';
import { readDependabot } from './model/dependabot';
import type { Dependabot } from './model/dependabot';
import { readWorkflow } from './model/workflow';
import type { Job, Step, Workflow } from './model/workflow';
import { actionGrammar, dependabotGrammar, workflowGrammar } from './schema/grammar';
import { validate } from './schema/validate';
import type { SchemaResult } from './schema/validate';
import { readYaml } from './yaml/read';
import { Lines } from './yaml/lines';
import type { MapNode, Node, YamlTree } from './yaml/node';

export type FileKind = 'workflow' | 'action' | 'dependabot';

/** What a file is by its path (POSIX, relative or absolute); undefined where the path does not say. */
export function kindOfPath(path: string): FileKind | undefined {
  if (/(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return 'workflow';
  if (/(?:^|\/)action\.ya?ml$/.test(path)) return 'action';
  if (/(?:^|\/)\.github\/dependabot\.ya?ml$/.test(path)) return 'dependabot';
  return undefined;
}

function kindOfContent(root: Node | undefined): FileKind {
  if (root?.kind !== 'map' || root.entry('jobs') !== undefined || root.entry('on') !== undefined) return 'workflow';
  if (root.entry('runs') !== undefined) return 'action';
  return root.entry('updates') !== undefined ? 'dependabot' : 'workflow';
}

const grammars = {
  workflow: [workflowGrammar, 'workflow-root-strict'],
  action: [actionGrammar, 'action-root-strict'],
  dependabot: [dependabotGrammar, 'dependabot'],
} as const;

/**
 * One file, read once; everything that rules look at hangs on it. Parts that not every rule needs are made when they are
 * first asked for.
 */
export class LintDocument {
  readonly path: string;
  readonly text: string;
  readonly kind: FileKind;
  readonly tree: YamlTree;
  /** The top mapping. */
  readonly root: MapNode | undefined;
  readonly workflow: Workflow | undefined;
  readonly action: Action | undefined;
  readonly dependabot: Dependabot | undefined;
  #lines: Lines | undefined;
  #steps: readonly Step[] | undefined;
  #schema: SchemaResult | undefined;

  /**
   * @param path POSIX, relative to the repository where there is one
   * @param kind where the path does not tell it; without it the content decides
   */
  constructor(path: string, text: string, kind?: FileKind) {
    this.path = path;
    this.text = text;
    this.tree = readYaml(text);
    this.kind = kind ?? kindOfPath(path) ?? kindOfContent(this.tree.root);
    this.root = this.tree.root?.kind === 'map' ? this.tree.root : undefined;
    if (this.root === undefined) return;
    if (this.kind === 'workflow') this.workflow = readWorkflow(this.root, text);
    else if (this.kind === 'action') this.action = readAction(this.root, text);
    else this.dependabot = readDependabot(this.root);
  }

  get lines(): Lines {
    return (this.#lines ??= new Lines(this.text));
  }

  get jobs(): readonly Job[] {
    return this.workflow?.jobs ?? [];
  }

  /** The steps of all jobs, or of a composite action. */
  get steps(): readonly Step[] {
    return (this.#steps ??= this.action?.steps ?? this.jobs.flatMap((job) => job.steps));
  }

  /** Every `${{ }}` and every condition, in the order of the document. */
  get expressions(): readonly Expression[] {
    return this.schema.expressions;
  }

  get schemaProblems(): readonly Problem[] {
    return this.schema.problems;
  }

  private get schema(): SchemaResult {
    return (this.#schema ??= this.#validate());
  }

  #validate(): SchemaResult {
    const { root } = this.tree;
    if (root === undefined) return { problems: [], expressions: [] };
    const models = {
      jobs: new Map(this.jobs.map((job) => [job.node, job])),
      steps: new Map(this.steps.map((step) => [step.node, step])),
      // As those who check such a file do: actionlint workflows, GitHub actions.
      markKeyAbove: this.kind === 'workflow',
      unresolved: new Set(
        this.tree.aliases.flatMap((alias) => (alias.anchor && !alias.recursive ? [] : [alias.start])),
      ),
    };
    const [grammar, start] = grammars[this.kind];
    return validate(this.text, root, grammar, start, models);
  }
}
