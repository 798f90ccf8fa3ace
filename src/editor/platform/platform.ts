/** What differs between the Node host and the web worker host. */
export interface Platform {
  /** The path behind all symbolic links; undefined where the host cannot follow them. Rejects when nothing is there. */
  readonly realPath: ((fsPath: string) => Promise<string>) | undefined;
  /** Whether the file may be written, or files be created in the folder, as far as permissions tell. */
  readonly isWritable: (fsPath: string) => Promise<boolean>;
}
