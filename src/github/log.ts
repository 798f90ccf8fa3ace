/** Where the client tells what it asked; a LogOutputChannel of VS Code is one. It is never told a token or a signed address. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const quiet = (): void => undefined;

export const silentLog: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
