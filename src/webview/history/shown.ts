/** What a part of the page shows, to tell news from a repetition. */
export class Shown {
  #text: string | undefined;

  /** Whether `data`, which is JSON, is something else than before. */
  becomes(data: unknown): boolean {
    const text = JSON.stringify(data);
    const changed = text !== this.#text;
    this.#text = text;
    return changed;
  }
}
