import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

/** What a registry has under a tag or a digest. */
export interface Pulled {
  digest: string;
  mediaType: string;
  /** `os/architecture` of each image of an index; empty for a single image. */
  platforms: string[];
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function send(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

async function pushBlob(base: string, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const digest = digestOf(bytes);
  const start = await send(`${base}/blobs/uploads/`, { method: 'POST' });
  const upload = new URL(start.headers.get('location') ?? '', base);
  upload.searchParams.set('digest', digest);
  await send(upload.href, { method: 'PUT', body: bytes, headers: { 'content-type': 'application/octet-stream' } });
  return { mediaType, digest, size: bytes.length };
}

async function pushManifest(base: string, reference: string, manifest: object, mediaType: string): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const headers = { 'content-type': mediaType };
  const digest = digestOf(bytes);
  await send(`${base}/manifests/${reference === '' ? digest : reference}`, { method: 'PUT', body: bytes, headers });
  return { mediaType, digest, size: bytes.length };
}

/** An image of one layer; the content is all that tells it from another. */
async function pushImage(base: string, reference: string, platform: string, content: string): Promise<Descriptor> {
  const [os = '', architecture = ''] = platform.split('/');
  // A tar archive is blocks of 512 bytes and ends with two empty ones: this one is empty, but for its compressed size.
  const layer = gzipSync(Buffer.alloc(1024 + 512 * (content.length % 7)));
  const config = {
    architecture,
    os,
    config: { Labels: { content } },
    rootfs: { type: 'layers', diff_ids: [digestOf(Buffer.alloc(1024 + 512 * (content.length % 7)))] },
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: await pushBlob(base, Buffer.from(JSON.stringify(config)), 'application/vnd.oci.image.config.v1+json'),
    layers: [await pushBlob(base, layer, 'application/vnd.oci.image.layer.v1.tar+gzip')],
  };
  return pushManifest(base, reference, manifest, manifestType);
}

/** Pushes an index with an image for every platform, as buildx does, under the tags; returns its digest. */
export async function pushIndex(
  registry: string,
  name: string,
  tags: readonly string[],
  platforms: readonly string[] = ['linux/amd64', 'linux/arm64'],
): Promise<string> {
  const base = `http://${registry}/v2/${name}`;
  const manifests = [];
  for (const platform of platforms) {
    const [os, architecture] = platform.split('/');
    const image = await pushImage(base, '', platform, `${tags.join()} ${platform}`);
    manifests.push({ ...image, platform: { os, architecture } });
  }
  const index = { schemaVersion: 2, mediaType: indexType, manifests };
  let digest = '';
  for (const tag of tags) ({ digest } = await pushManifest(base, tag, index, indexType));
  return digest;
}

/** Pushes one image without an index; returns its digest. */
export async function pushSingle(registry: string, name: string, tag: string): Promise<string> {
  return (await pushImage(`http://${registry}/v2/${name}`, tag, 'linux/amd64', tag)).digest;
}

/** What a tag or digest stands for now; `undefined` where the registry doesn't have it. */
export async function inspect(registry: string, name: string, reference: string): Promise<Pulled | undefined> {
  const response = await fetch(`http://${registry}/v2/${name}/manifests/${reference}`, {
    headers: { accept: `${indexType}, ${manifestType}` },
  });
  if (response.status === 404) return undefined;
  const manifest = (await response.json()) as { mediaType: string; manifests?: { platform: Record<string, string> }[] };
  return {
    digest: response.headers.get('docker-content-digest') ?? '',
    mediaType: manifest.mediaType,
    platforms: (manifest.manifests ?? []).map(
      ({ platform }) => `${platform['os'] ?? ''}/${platform['architecture'] ?? ''}`,
    ),
  };
}
