import { unzipSync } from 'fflate';
import { ArtifactError } from './artifact-error.js';

export interface ZipBounds {
  readonly entries: number;
  /** Bytes of all files together. */
  readonly bytes: number;
}

/** A Criterion run of 150 benchmarks has 1,500 files and some MB. */
export const zipBounds: ZipBounds = { entries: 10_000, bytes: 256 * 1024 * 1024 };

/** What Windows can't have in a name, what cannot be seen, and what turns the order of letters around. */
const unsafe = /[\p{C}\p{Zl}\p{Zp}<>:"|?*\\]|[. ]$/u;
/** Windows takes these for devices, whatever follows a dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Whether a name stays below the folder that it is unpacked to, on every system. */
export function isSafeName(name: string): boolean {
  const safe = (part: string) => part !== '' && part.length <= 255 && !unsafe.test(part) && !device.test(part);
  return name.length <= 1024 && name.split('/').every(safe);
}

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6);

/**
 * The files of a zip, by name; folders are left out. Throws ArtifactError for what is larger than allowed, for names that
 * lead elsewhere or occur twice, and for what is damaged.
 */
export function unzip(archive: Uint8Array, bounds: ZipBounds = zipBounds): ReadonlyMap<string, Uint8Array> {
  const sizes = new Map<string, number>();
  let total = 0;
  const unpack = (): Record<string, Uint8Array> =>
    unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/')) return false;
        if (!isSafeName(name)) throw new ArtifactError('refused', `The artifact has a file with the name "${name}".`);
        if (sizes.has(name)) throw new ArtifactError('refused', `The artifact has the file "${name}" twice.`);
        total += originalSize;
        sizes.set(name, originalSize);
        if (sizes.size > bounds.entries) {
          throw new ArtifactError('too-large', `The artifact has more than ${bounds.entries} files.`);
        }
        if (total > bounds.bytes) {
          throw new ArtifactError('too-large', `The artifact unpacks to more than ${inMegabytes(bounds.bytes)} MB.`);
        }
        return true;
      },
    });
  let files: Record<string, Uint8Array>;
  try {
    files = unpack();
  } catch (error) {
    if (error instanceof ArtifactError) throw error;
    throw new ArtifactError('damaged', 'The artifact is no archive that can be unpacked.', { cause: error });
  }
  const result = new Map(Object.entries(files));
  for (const [name, size] of sizes) {
    // The library believes the sizes that the archive states; a file that ends before its size was damaged.
    if (result.get(name)?.length !== size) throw new ArtifactError('damaged', `The file "${name}" is not whole.`);
  }
  return result;
}

export const inMegabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
