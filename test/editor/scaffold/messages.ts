import { window } from 'vscode';

type Shown = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** Keeps what would be shown to a person; nobody answers. */
export class Messages {
  readonly errors: string[] = [];
  readonly others: string[] = [];
  readonly buttons: string[] = [];
  private readonly originals = { ...pickFunctions() };

  constructor() {
    const keep =
      (list: string[]): Shown =>
      (message, ...buttons) => {
        list.push(message);
        this.buttons.push(...buttons);
        return Promise.resolve(undefined);
      };
    Object.assign(window, {
      showErrorMessage: keep(this.errors),
      showWarningMessage: keep(this.others),
      showInformationMessage: keep(this.others),
    });
  }

  restore(): void {
    Object.assign(window, this.originals);
  }
}

function pickFunctions() {
  const { showErrorMessage, showWarningMessage, showInformationMessage } = window;
  return { showErrorMessage, showWarningMessage, showInformationMessage };
}
