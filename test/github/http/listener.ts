import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that can go away and come back at the same port. */
export class Listener {
  #server: Server;
  #port: number;
  readonly #serve: (request: IncomingMessage, response: ServerResponse) => void;

  constructor(serve: (request: IncomingMessage, response: ServerResponse) => void, port: number) {
    this.#serve = serve;
    this.#port = port;
    this.#server = createServer(serve);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = createServer(this.#serve);
    if (!server.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  }
}
