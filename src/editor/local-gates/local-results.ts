import { EventEmitter } from 'vscode';
import type { Disposable, Memento, Uri } from 'vscode';
import * as v from 'valibot';
import { localResultSchema } from '../../core/gates/local/result.js';
import type { LocalResult } from '../../core/gates/local/result.js';

const key = 'rustCi.localResults';
const storedSchema = v.record(v.string(), localResultSchema);

/** The newest result of each gate that ran here; they outlive the window. */
export class LocalResults implements Disposable {
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(state: Memento) {
    this.#state = state;
  }

  of(root: Uri, gate: string): LocalResult | undefined {
    return this.#all()[`${root.toString()} ${gate}`];
  }

  async set(root: Uri, result: LocalResult): Promise<void> {
    await this.#state.update(key, { ...this.#all(), [`${root.toString()} ${result.gate}`]: result });
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #all(): Record<string, LocalResult> {
    const stored = v.safeParse(storedSchema, this.#state.get(key));
    return stored.success ? stored.output : {};
  }
}
