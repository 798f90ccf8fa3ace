import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Stored {
  readonly digest: string;
  readonly bytes: string;
}

const index = 'application/vnd.oci.image.index.v1+json';
const manifest = 'application/vnd.oci.image.manifest.v1+json';

/** A container registry on loopback: as much of the OCI specification as reading takes. */
export class RegistryDouble {
  /** By digest. */
  readonly #manifests = new Map<string, { readonly bytes: string; readonly type: string }>();
  readonly #tags = new Map<string, string>();
  readonly #server: Server;
  /** What came in `Authorization`, with the path. */
  readonly authorizations: string[] = [];
  /** Every answer has this status; 200: none has. */
  broken = 200;
  /** Whether one must fetch a token first. */
  asksForToken = false;
  realm = '';

  constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.url);
      const { authorization } = request.headers;
      if (authorization !== undefined) this.authorizations.push(`${url.pathname} ${authorization}`);
      if (this.broken !== 200) {
        response.writeHead(this.broken).end('<html>out of order</html>');
      } else if (url.pathname === '/token') {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"token":"pull-token"}');
      } else if (this.asksForToken && authorization !== 'Bearer pull-token') {
        const realm = this.realm === '' ? `${this.url}/token` : this.realm;
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="registry"` }).end();
      } else {
        const reference = url.pathname.split('/').at(-1) ?? '';
        const found = this.#manifests.get(this.#tags.get(reference) ?? reference);
        if (found) response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
        else response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
      }
    });
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Adds an image of several platforms, with an attestation. @returns its digest */
  push(version: string, platforms: readonly string[] = ['linux/amd64', 'linux/arm64']): string {
    const children = platforms.map((platform) => {
      const [os = '', architecture = ''] = platform.split('/');
      const digest = this.#store(
        JSON.stringify({ schemaVersion: 2, mediaType: manifest, version, platform }),
        manifest,
      );
      return { mediaType: manifest, digest, size: 1, platform: { os, architecture } };
    });
    const unknown = { os: 'unknown', architecture: 'unknown' };
    const attestation = { mediaType: manifest, digest: `sha256:${'e'.repeat(64)}`, size: 1, platform: unknown };
    const manifests = [...children, attestation];
    return this.#store(JSON.stringify({ schemaVersion: 2, mediaType: index, manifests }), index);
  }

  tag(name: string, digest: string): void {
    this.#tags.set(name, digest);
  }

  /** Removes one platform of an image from the registry. */
  lose(version: string, platform: string): void {
    for (const [digest, { bytes, type }] of this.#manifests) {
      const child = JSON.parse(bytes) as { version?: string; platform?: string };
      if (type === manifest && child.version === version && child.platform === platform) this.#manifests.delete(digest);
    }
  }

  /** Removes an image; its platforms stay, as with registries. */
  remove(digest: string): void {
    this.#manifests.delete(digest);
  }

  #store(bytes: string, type: string): string {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    this.#manifests.set(digest, { bytes, type });
    return digest;
  }
}
