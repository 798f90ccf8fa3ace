import { Disposable, QuickInputButtons, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { CancellationToken, InputBox, QuickPick, QuickPickItem } from 'vscode';

/** Where a question stands in its dialogue, and what it asks. */
export interface Question {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
  /** Takes the question back, as if the person had left. */
  readonly takeBack?: CancellationToken;
}

/** One answer that can be picked. */
export interface Choice<T> {
  readonly label: string;
  /** Why one would, or would not: "Dockerfile found". */
  readonly description?: string;
  readonly detail?: string;
  /** Name of a codicon in front of the label. */
  readonly icon?: string;
  /** Pre-selected: Enter takes it. */
  readonly picked?: boolean;
  readonly value: T;
}

export const back: unique symbol = Symbol('back');

/** A line between choices; it cannot be picked. */
export interface Heading {
  readonly heading: string;
}

/** What a question comes to: the answer, the wish to go back, or undefined when the person left. */
export type Answer<T> = T | typeof back | undefined;

/** Asks people. The editor's own quick inputs in the product, a script in tests. */
export interface Dialog {
  one<T>(question: Question, choices: readonly (Choice<T> | Heading)[]): Promise<Answer<T>>;
  many<T>(question: Question, choices: readonly Choice<T>[], atLeastOne?: string): Promise<Answer<T[]>>;
  /** `check` says what is wrong with a value, or undefined. */
  text(question: Question, value: string, check: (value: string) => string | undefined): Promise<Answer<string>>;
  /** Shows that work is under way; undefined when the person did not want to wait. Rejects as the work does. */
  wait<T>(title: string, message: string, work: Promise<T>): Promise<T | undefined>;
}

interface Item<T> extends QuickPickItem {
  readonly choice: Choice<T> | undefined;
}

function toItem<T>(choice: Choice<T> | Heading): Item<T> {
  if ('heading' in choice) return { label: choice.heading, kind: QuickPickItemKind.Separator, choice: undefined };
  const { label, description, detail, icon } = choice;
  return {
    label,
    choice,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    ...(icon !== undefined && { iconPath: new ThemeIcon(icon) }),
  };
}

/** Shows an input until `listen` settles it, the person goes back, or they leave with Escape. */
async function show<T>(
  input: QuickPick<Item<unknown>> | InputBox,
  question: Question,
  listen: (settle: (value: T) => void) => Disposable,
): Promise<Answer<T>> {
  input.title = question.title;
  if (question.totalSteps > 1) {
    input.step = question.step;
    input.totalSteps = question.totalSteps;
  }
  if (question.canGoBack) input.buttons = [QuickInputButtons.Back];
  // People look things up elsewhere between two questions: that must not lose their answers.
  input.ignoreFocusOut = true;
  const listeners: Disposable[] = [];
  try {
    return await new Promise<Answer<T>>((resolve) => {
      listeners.push(
        listen(resolve),
        input.onDidTriggerButton(() => {
          resolve(back);
        }),
        input.onDidHide(() => {
          resolve(undefined);
        }),
      );
      if (question.takeBack)
        listeners.push(
          question.takeBack.onCancellationRequested(() => {
            input.hide();
          }),
        );
      input.show();
    });
  } finally {
    Disposable.from(...listeners, input).dispose();
  }
}

function createPick<T>(question: Question, choices: readonly (Choice<T> | Heading)[]): QuickPick<Item<T>> {
  const pick = window.createQuickPick<Item<T>>();
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = choices.map(toItem);
  return pick;
}

/** The editor's quick pick and input box. */
export const quickInput: Dialog = {
  one<T>(question: Question, choices: readonly (Choice<T> | Heading)[]) {
    const pick = createPick(question, choices);
    pick.activeItems = pick.items.filter(({ choice }) => choice?.picked);
    return show<T>(pick, question, (settle) =>
      pick.onDidAccept(() => {
        const choice = pick.selectedItems[0]?.choice;
        if (choice) settle(choice.value);
      }),
    );
  },

  many<T>(question: Question, choices: readonly Choice<T>[], atLeastOne?: string) {
    const pick = createPick(question, choices);
    pick.canSelectMany = true;
    pick.selectedItems = pick.items.filter(({ choice }) => choice?.picked);
    return show<T[]>(pick, question, (settle) =>
      pick.onDidAccept(() => {
        const values = pick.selectedItems.flatMap(({ choice }) => (choice ? [choice.value] : []));
        if (atLeastOne !== undefined && values.length === 0) pick.placeholder = atLeastOne;
        else settle(values);
      }),
    );
  },

  text(question, value, check) {
    const box = window.createInputBox();
    box.prompt = question.placeholder;
    box.value = value;
    box.valueSelection = [0, value.length];
    const isRight = (): boolean => {
      const wrong = check(box.value);
      box.validationMessage = wrong ?? '';
      return wrong === undefined;
    };
    return show<string>(box, question, (settle) =>
      Disposable.from(
        box.onDidChangeValue(isRight),
        box.onDidAccept(() => {
          if (isRight()) settle(box.value);
        }),
      ),
    );
  },

  async wait<T>(title: string, message: string, work: Promise<T>) {
    const pick = window.createQuickPick();
    pick.title = title;
    pick.placeholder = message;
    pick.busy = true;
    pick.ignoreFocusOut = true;
    const left = new Promise<undefined>((resolve) => {
      pick.onDidHide(() => {
        resolve(undefined);
      });
    });
    // What is done in no time must not flicker.
    const timer = setTimeout(() => {
      pick.show();
    }, 200);
    try {
      return await Promise.race([work, left]);
    } finally {
      clearTimeout(timer);
      pick.dispose();
    }
  },
};
