import { back } from './dialog.js';
import type { Answer, Question } from './dialog.js';

/** Asks one question and keeps its answer; returns what the dialogue returned. */
export type Step = (at: Omit<Question, 'placeholder'>) => Promise<Answer<unknown>>;

/**
 * Walks through questions, forwards and back.
 *
 * @param title what the person is doing, over every question
 * @param steps the questions as they follow from the answers so far: an answer may add later ones or take them away
 * @param later how many questions of other kinds will follow
 * @returns whether the last question was answered; false when the person left
 */
export async function ask(title: string, steps: () => readonly Step[], later = 0): Promise<boolean> {
  for (let at = 0; ;) {
    const list = steps();
    const step = list[at];
    if (!step) return true;
    const answer = await step({ title, step: at + 1, totalSteps: list.length + later, canGoBack: at > 0 });
    if (answer === undefined) return false;
    at += answer === back ? -1 : 1;
  }
}

/** Keeps an answer, unless the person went back or left. */
export function keep<T>(answer: Answer<T>, store: (value: T) => unknown): Answer<unknown> {
  if (answer === undefined || answer === back) return answer;
  store(answer);
  return true;
}
