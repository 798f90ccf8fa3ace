import { back } from '../../../src/editor/scaffold/dialog.js';
import type { Answer, Choice, Dialog, Heading, Question } from '../../../src/editor/scaffold/dialog.js';

/** What to answer where a question contains the key: labels, a text, or `back` or `leave`. Enter everywhere else. */
export type Answers = Readonly<Record<string, string | readonly string[] | (() => void)>>;

export interface Asked {
  readonly title: string;
  readonly placeholder: string;
  readonly place: string;
  readonly labels: readonly string[];
  /** The whole rows: label, description, detail. */
  readonly rows: readonly string[];
}

/** Answers questions in place of a person, and remembers them. */
export class Script implements Dialog {
  readonly asked: Asked[] = [];
  /** What was said of texts that were not taken. */
  readonly refused: string[] = [];
  private readonly answers: Map<string, string | readonly string[] | (() => void)>;

  constructor(answers: Answers = {}) {
    this.answers = new Map(Object.entries(answers));
  }

  one<T>(question: Question, choices: readonly (Choice<T> | Heading)[]): Promise<Answer<T>> {
    const wanted = this.answerTo(question, choices);
    const picks = choices.filter((choice): choice is Choice<T> => !('heading' in choice));
    if (wanted === undefined) return Promise.resolve((picks.find(({ picked }) => picked) ?? picks[0])?.value);
    if (wanted === 'leave') return Promise.resolve(undefined);
    return Promise.resolve(special(wanted) ?? only(picks, String(wanted)).value);
  }

  many<T>(question: Question, choices: readonly Choice<T>[]): Promise<Answer<T[]>> {
    const wanted = this.answerTo(question, choices);
    if (wanted === undefined) {
      return Promise.resolve(choices.filter(({ picked }) => picked).map(({ value }) => value));
    }
    return Promise.resolve(special(wanted) ?? [wanted].flat().map((label) => only(choices, label).value));
  }

  text(question: Question, value: string, check: (value: string) => string | undefined): Promise<Answer<string>> {
    const wanted = this.answerTo(question, []);
    const answer = wanted === undefined ? value : String(wanted);
    const wrong = check(answer);
    if (wrong !== undefined) this.refused.push(wrong);
    // Nobody who is refused would go on; leaving is the simplest thing to do.
    if (wrong !== undefined) return Promise.resolve(undefined);
    return Promise.resolve(special(answer) ?? answer);
  }

  wait<T>(_title: string, _message: string, work: Promise<T>): Promise<T | undefined> {
    return work;
  }

  /** The question that contains a text. */
  question(text: string): Asked {
    const found = this.asked.find(({ placeholder }) => placeholder.includes(text));
    if (!found) throw new Error(`Nobody asked "${text}", but: ${this.asked.map((one) => one.placeholder).join(' | ')}`);
    return found;
  }

  private answerTo(question: Question, choices: readonly (Choice<unknown> | Heading)[]) {
    const { title, placeholder, step, totalSteps } = question;
    const labels = choices.map((choice) => ('heading' in choice ? `— ${choice.heading}` : choice.label));
    const rows = choices.map((choice) =>
      'heading' in choice ? choice.heading : [choice.label, choice.description, choice.detail].join(' | '),
    );
    this.asked.push({ title, placeholder, place: `${step}/${totalSteps}`, labels, rows });
    const [key] = [...this.answers.keys()].filter((text) => placeholder.includes(text));
    const answer = key === undefined ? undefined : this.answers.get(key);
    if (key !== undefined) this.answers.delete(key);
    if (typeof answer !== 'function') return answer;
    answer();
    return undefined;
  }
}

function special(wanted: string | readonly string[]): typeof back | undefined {
  return wanted === 'back' ? back : undefined;
}

function only<T>(choices: readonly Choice<T>[], label: string): Choice<T> {
  const found = choices.find((choice) => choice.label === label);
  if (!found) throw new Error(`There is no "${label}" among ${choices.map((choice) => choice.label).join(', ')}.`);
  return found;
}
