import * as v from 'valibot';
import { systemClock, type Clock } from './clock.js';
import { fetchWhole, type Bounds, type Fetch, type WholeResponse } from './transport.js';

/** An image without its tag. */
export interface ImageName {
  /** Host, with port if any: `ghcr.io`. */
  readonly registry: string;
  /** Lower case: `owner/name`. */
  readonly name: string;
}

/** What a registry shows for a tag. */
export interface Manifest {
  /** Counted from what came, not read from a header. */
  readonly digest: string;
  /** For example `linux/amd64`, without attestations. */
  readonly platforms: readonly string[];
  /** Platforms that are named and whose image is not there. */
  readonly missing: readonly string[];
}

export interface RegistryAccess {
  readonly fetch: Fetch;
  readonly clock?: Clock;
  /** Sent to the registry itself only; null to ask as anybody. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
  readonly signal?: AbortSignal;
}

/** A registry did not answer, or not as the OCI specification says. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

const bounds: Bounds = { timeout: 20_000, bytes: 4 * 1024 * 1024 };

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const platformSchema = v.object({ os: v.string(), architecture: v.string(), variant: v.optional(v.string()) });
const manifestSchema = v.object({
  manifests: v.optional(v.array(v.object({ digest: v.string(), platform: v.optional(platformSchema) }))),
  config: v.optional(v.object({ digest: v.string() })),
});

/**
 * What a tag stands for now, asked of the registry itself.
 * @returns null when there is no such tag, or no such image
 * @throws RegistryError when the registry does not tell, AbortError when told to stop
 */
export async function readManifest(
  image: ImageName,
  reference: string,
  access: RegistryAccess,
): Promise<Manifest | null> {
  const registry = new Registry(image, access);
  const accept = [...indexTypes, ...manifestTypes].join(', ');
  const answer = await registry.ask(`manifests/${reference}`, accept);
  if (answer.status === 404) return null;
  const { manifests, config } = read(manifestSchema, answer, registry.host);
  const digest = await digestOf(answer.body);
  if (!manifests) {
    const platform = config ? await registry.platformOf(config.digest) : null;
    return { digest, platforms: platform === null ? [] : [platform], missing: [] };
  }
  const named = manifests.flatMap(({ digest, platform }) =>
    // Attestations are listed among the platforms, as "unknown".
    platform && platform.os !== 'unknown' ? [{ digest, platform: platformName(platform) }] : [],
  );
  const missing: string[] = [];
  for (const { digest, platform } of named) {
    const child = await registry.ask(`manifests/${digest}`, accept);
    if (child.status === 404) missing.push(platform);
  }
  return { digest, platforms: named.map(({ platform }) => platform), missing };
}

class Registry {
  readonly #image: ImageName;
  readonly #access: RegistryAccess;
  readonly #origin: string;
  #bearer: string | null = null;

  constructor(image: ImageName, access: RegistryAccess) {
    this.#image = image;
    this.#access = access;
    this.#origin = originOf(image.registry);
  }

  get host(): string {
    return this.#image.registry;
  }

  /** The answer, found or not found; a registry that asks who we are is told. */
  async ask(what: string, accept: string): Promise<WholeResponse> {
    const url = `${this.#origin}/v2/${this.#image.name}/${what}`;
    const send = () =>
      this.#fetch(url, { accept, ...(this.#bearer === null ? {} : { authorization: `Bearer ${this.#bearer}` }) });
    let answer = await send();
    if (answer.status === 401 && this.#bearer === null) {
      this.#bearer = await this.#token(answer.headers.get('www-authenticate') ?? '');
      answer = await send();
    }
    if (answer.status === 401 || answer.status === 403) {
      throw new RegistryError(`${this.host} does not show the image ${this.#image.name} to this account.`);
    }
    if (answer.status !== 404 && (answer.status < 200 || answer.status > 299)) {
      throw new RegistryError(`${this.host} failed with status ${answer.status}.`);
    }
    return answer;
  }

  /** An image of one platform says in its configuration which. */
  async platformOf(config: string): Promise<string | null> {
    const answer = await this.ask(`blobs/${config}`, '*/*');
    return answer.status === 404 ? null : platformName(read(platformSchema, answer, this.host));
  }

  async #token(challenge: string): Promise<string> {
    const value = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(challenge)?.[1];
    const realm = value('realm');
    if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm)) {
      throw new RegistryError(`${this.host} asks for a sign-in that is not known here.`);
    }
    const url = new URL(realm);
    url.searchParams.set('service', value('service') ?? this.host);
    url.searchParams.set('scope', `repository:${this.#image.name}:pull`);
    // Whoever answers for the registry could name any address: the password goes to the registry's own only.
    const { credentials } = this.#access;
    const own = url.origin === this.#origin && credentials !== null;
    const basic = own ? { authorization: `Basic ${btoa(`${credentials.user}:${credentials.password}`)}` } : {};
    const answer = await this.#fetch(url.href, { accept: 'application/json', ...basic });
    if (answer.status !== 200) throw new RegistryError(`${this.host} does not accept the sign-in.`);
    const schema = v.union([v.object({ token: v.string() }), v.object({ access_token: v.string() })]);
    const token = read(schema, answer, this.host);
    return 'token' in token ? token.token : token.access_token;
  }

  async #fetch(url: string, headers: Record<string, string>): Promise<WholeResponse> {
    const { fetch, clock = systemClock, signal } = this.#access;
    try {
      return await fetchWhole(fetch, url, { headers, ...(signal && { signal }) }, clock, bounds);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      throw new RegistryError(`${this.host} can't be reached.`, { cause: error });
    }
  }
}

/** Registries speak https; one on this computer may do without. */
function originOf(registry: string): string {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(registry) ? `http://${registry}` : `https://${registry}`;
}

function read<T>(schema: v.GenericSchema<unknown, T>, { body }: WholeResponse, host: string): T {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(body));
  } catch {
    json = undefined;
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  throw new RegistryError(`The answer of ${host} is not that of a registry.`);
}

async function digestOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return `sha256:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function platformName({ os, architecture, variant }: v.InferOutput<typeof platformSchema>): string {
  return [os, architecture, ...(variant === undefined || variant === '' ? [] : [variant])].join('/');
}
