import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { toolFile } from '../tools/cache.js';
import { temporaryFolder } from '../temporary.js';

/** Lets a test look at a request before the registry does; an answer other than `undefined` is sent in its place. */
export type Interceptor = (method: string, path: string) => Promise<number | undefined> | number | undefined;

/** A real OCI registry on loopback, behind a door at which requests can be made to fail. */
export interface Registry {
  /** Host and port as clients see it. */
  address: string;
  /** Host and port past the interceptor: for what somebody else does meanwhile. */
  direct: string;
  intercept(interceptor: Interceptor): void;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

async function startProcess(port: number): Promise<ChildProcess> {
  const folder = await temporaryFolder('registry');
  const settings = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: folder }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
  };
  const file = join(folder, 'config.yml');
  // The registry reads YAML, of which JSON is a part.
  await writeFile(file, JSON.stringify(settings));
  const child = spawn(toolFile('docker-registry'), ['serve', file], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    if (answer?.ok) return child;
    await wait(100);
  }
  child.kill();
  throw new Error(`The registry did not start; try \`${toolFile('docker-registry')} serve ${file}\`.`);
}

async function forward(port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).filter(
    ([name]) => !['connection', 'content-length', 'transfer-encoding'].includes(name),
  );
  const body = Buffer.concat(chunks);
  const answer = await fetch(`http://127.0.0.1:${port}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    redirect: 'manual',
    ...(body.length > 0 ? { body } : {}),
  });
  const received = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(request.method === 'HEAD' ? undefined : received);
}

export async function startRegistry(): Promise<Registry> {
  const port = await freePort();
  const child = await startProcess(port);
  let interceptor: Interceptor = () => undefined;
  const door: Server = createServer((request, response) => {
    void (async () => {
      const status = await interceptor(request.method ?? '', request.url ?? '');
      if (status === undefined) return forward(port, request, response);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: 'DENIED', message: 'refused by the test' }] }));
    })().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(door.address() as AddressInfo).port}`,
    direct: `127.0.0.1:${port}`,
    intercept: (next) => {
      interceptor = next;
    },
    async stop() {
      door.close();
      door.closeAllConnections();
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** What a machine needs to speak to the registry without encryption, and the variable that names it to workflows. */
export function reach(registry: Registry): { files: Record<string, string>; vars: Record<string, string> } {
  const settings = `[[registry]]\nlocation = "${registry.address}"\ninsecure = true\n`;
  return { files: { '.config/containers/registries.conf': settings }, vars: { REGISTRY: registry.address } };
}
