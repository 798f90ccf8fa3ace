/** Where the stand-in can be reached, and how it names things. */
export class Addresses {
  /** Of the API, without a slash at the end. */
  readonly api: string;
  /** Of the pages that people open. */
  readonly web: string;
  /** Of the second origin, which hands out archives, logs and assets. */
  readonly blobs: string;

  constructor(api: string, web: string, blobs: string) {
    this.api = api;
    this.web = web;
    this.blobs = blobs;
  }

  repository(fullName: string): string {
    return `${this.api}/repos/${fullName}`;
  }

  page(fullName: string): string {
    return `${this.web}/${fullName}`;
  }
}

/** An id as GraphQL has it: opaque, and unique by kind and number. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}
