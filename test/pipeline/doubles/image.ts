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
  /** The digest of each image of an index, in the same order. */
  members: string[];
}

interface Member {
  digest: string;
  platform: Record<string, string>;
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

/** An image of one empty layer; its labels are all that tells it from another. */
async function pushImage(base: string, reference: string, platform: string, version: string): Promise<Descriptor> {
  const [os = '', architecture = ''] = platform.split('/');
  // Two empty blocks are an empty tar archive.
  const archive = Buffer.alloc(1024);
  const layer = gzipSync(archive);
  const config = {
    architecture,
    os,
    config: { Labels: { 'org.opencontainers.image.version': version } },
    rootfs: { type: 'layers', diff_ids: [digestOf(archive)] },
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: await pushBlob(base, Buffer.from(JSON.stringify(config)), 'application/vnd.oci.image.config.v1+json'),
    layers: [await pushBlob(base, layer, 'application/vnd.oci.image.layer.v1.tar+gzip')],
  };
  return pushManifest(base, reference, manifest, manifestType);
}

/**
 * Pushes an index with an image for every platform and an attestation, as buildx does, under the tags; returns its
 * digest. The version goes into the labels.
 */
export async function pushIndex(
  registry: string,
  name: string,
  version: string,
  tags: readonly string[] = [version],
  platforms: readonly string[] = ['linux/amd64', 'linux/arm64'],
): Promise<string> {
  const base = `http://${registry}/v2/${name}`;
  const manifests = [];
  for (const platform of platforms) {
    const [os, architecture] = platform.split('/');
    const image = await pushImage(base, '', platform, version);
    manifests.push({ ...image, platform: { os, architecture } });
  }
  const attestation = await pushImage(base, '', 'unknown/unknown', `attestation of ${version}`);
  const annotations = {
    'vnd.docker.reference.digest': manifests[0]?.digest,
    'vnd.docker.reference.type': 'attestation-manifest',
  };
  const unknown = { os: 'unknown', architecture: 'unknown' };
  const all = [...manifests, { ...attestation, platform: unknown, annotations }];
  const index = { schemaVersion: 2, mediaType: indexType, manifests: all };
  let digest = '';
  for (const tag of tags) ({ digest } = await pushManifest(base, tag, index, indexType));
  return digest;
}

/** Pushes one image without an index; returns its digest. */
export async function pushSingle(registry: string, name: string, version: string): Promise<string> {
  return (await pushImage(`http://${registry}/v2/${name}`, version, 'linux/amd64', version)).digest;
}

/** What a tag or digest stands for now; `undefined` where the registry doesn't have it. */
export async function inspect(registry: string, name: string, reference: string): Promise<Pulled | undefined> {
  const response = await fetch(`http://${registry}/v2/${name}/manifests/${reference}`, {
    headers: { accept: `${indexType}, ${manifestType}` },
  });
  if (response.status === 404) return undefined;
  const manifest = (await response.json()) as { mediaType: string; manifests?: Member[] };
  return {
    digest: response.headers.get('docker-content-digest') ?? '',
    mediaType: manifest.mediaType,
    platforms: (manifest.manifests ?? []).map(
      ({ platform }) => `${platform['os'] ?? ''}/${platform['architecture'] ?? ''}`,
    ),
    members: (manifest.manifests ?? []).map(({ digest }) => digest),
  };
}
