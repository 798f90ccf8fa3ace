import { EventEmitter } from 'vscode';
import type { Pseudoterminal } from 'vscode';

/** Output that is kept to find problems in it; what is earlier is dropped. */
const longest = 5_000_000;

/** The terminal of a task that runs a gate. Closing it, or Ctrl+C in it, ends what runs. */
export class GateTerminal implements Pseudoterminal {
  readonly #written = new EventEmitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #closed = new EventEmitter<number>();
  readonly onDidClose = this.#closed.event;
  readonly #abort = new AbortController();
  readonly #work: (terminal: GateTerminal) => Promise<number>;
  #said = '';

  /** @param work what the terminal shows; resolves with the exit code */
  constructor(work: (terminal: GateTerminal) => Promise<number>) {
    this.#work = work;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Everything that was written. */
  get said(): string {
    return this.#said;
  }

  write(text: string): void {
    this.#said = (this.#said + text).slice(-longest);
    this.#written.fire(text.replaceAll(/\r?\n/g, '\r\n'));
  }

  open(): void {
    void this.#work(this)
      .catch((error: unknown) => {
        this.write(`\u001b[31m${error instanceof Error ? error.message : String(error)}\u001b[0m\n`);
        return 1;
      })
      .then((code) => {
        this.#closed.fire(code);
      });
  }

  close(): void {
    this.#abort.abort();
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#abort.abort();
  }
}
