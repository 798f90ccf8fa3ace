import { metadataOf } from '../../catalogue/catalogue';
import type { Step } from '../../model/workflow';
import type { Repository } from '../../repository';

/** What is known of the inputs of an action. */
export interface KnownInputs {
  /** The action as people know it. */
  readonly action: string;
  /** By lower-case name. */
  readonly inputs: ReadonlyMap<string, KnownInput>;
}

export interface KnownInput {
  readonly name: string;
  readonly required: boolean;
  /** Why it should not be used any more; undefined for a current one. */
  readonly deprecated: string | undefined;
}

/** Whether the action a step uses may have an input: false only where all its inputs are known. */
export function takesInput(step: Step, name: string): boolean {
  return knownInputs(step, undefined)?.inputs.has(name) !== false;
}

/** The inputs of the action a step uses, from the catalogue or its file in the repository; undefined if unknown. */
export function knownInputs(step: Step, repository: Repository | undefined): KnownInputs | undefined {
  const { uses } = step;
  if (uses === undefined) return undefined;
  if (uses.kind === 'local' || uses.kind === 'self') {
    const action = repository?.action(uses.path);
    if (action === undefined) return undefined;
    return {
      action: uses.text,
      inputs: new Map(
        [...action.inputs].map(([id, input]) => [
          id,
          {
            name: input.key.text,
            required: input.required && !input.hasDefault,
            deprecated: input.deprecated?.text,
          },
        ]),
      ),
    };
  }
  const metadata = metadataOf(uses);
  if (metadata === undefined || metadata.anyInput) return undefined;
  return {
    action: `${metadata.name}@${metadata.ref}`,
    inputs: new Map(
      [...metadata.inputs].map(([id, input]) => [
        id,
        { name: input.name, required: input.required && !input.hasDefault, deprecated: input.deprecated },
      ]),
    ),
  };
}
