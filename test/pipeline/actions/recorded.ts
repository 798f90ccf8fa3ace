import type { ActionEffect, ActionStep, StandIn } from './stand-in.js';

/** An action that is only noted down, and then says what a test wants it to say. */
export function recorded(
  inputs: readonly string[],
  answer: (step: ActionStep) => ActionEffect['outputs'] = () => ({}),
): StandIn {
  return {
    inputs,
    perform(step) {
      return Promise.resolve({ outputs: answer(step) ?? {}, log: `recorded: ${JSON.stringify(step.with)}` });
    },
  };
}
