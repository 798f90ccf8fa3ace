import { EventEmitter, type Disposable } from 'vscode';
import type { GitHub, OpenRepository } from './github.js';

/** The repositories of this window. */
export class WindowGitHub implements GitHub, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  current: OpenRepository | undefined;

  open(): Promise<OpenRepository | undefined> {
    return Promise.resolve(this.current);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
