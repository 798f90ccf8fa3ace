import * as v from 'valibot';

/** A folder for what never changes; the editor supplies one. Names are plain file names. */
export interface Storage {
  /** Null if there is no such file. */
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, content: Uint8Array): Promise<void>;
  delete(name: string): Promise<void>;
  list(): Promise<readonly StoredFile[]>;
}

export interface StoredFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** What never changes once it is there: jobs of ended attempts, reports. It may lose anything at any time. */
export interface Disk {
  /** Null if it is not there, or is not what it should be. Never rejects. */
  read<T>(key: string, schema: v.GenericSchema<unknown, T>): Promise<T | null>;
  /** Never rejects. */
  write(key: string, value: unknown): Promise<void>;
}

export const noDisk: Disk = { read: () => Promise.resolve(null), write: () => Promise.resolve() };

export const diskBudget = 50 * 1024 * 1024;

/** Keeps values as JSON files, and deletes the oldest when they have more than the budget together. */
export function createDisk(storage: Storage, budget = diskBudget): Disk {
  /** What the folder had when it was last counted, and what was written since. */
  let size: number | null = null;
  let queue: Promise<void> = Promise.resolve();

  const fileOf = (key: string): string => `${key.replace(/[^\w.-]+/g, '_').slice(-150)}.json`;

  async function write(key: string, value: unknown): Promise<void> {
    const content = new TextEncoder().encode(JSON.stringify({ key, value }));
    if (content.length > budget / 4) return;
    await storage.write(fileOf(key), content);
    size = size === null ? await total() : size + content.length;
    if (size > budget) await sweep();
  }

  async function total(): Promise<number> {
    return (await storage.list()).reduce((sum, file) => sum + file.size, 0);
  }

  async function sweep(): Promise<void> {
    const files = [...(await storage.list())].sort((one, other) => one.modifiedAt - other.modifiedAt);
    let left = files.reduce((sum, file) => sum + file.size, 0);
    for (const file of files) {
      // A quarter is made free, so that not every further write has to look.
      if (left <= budget * 0.75) break;
      await storage.delete(file.name);
      left -= file.size;
    }
    size = left;
  }

  return {
    read: async (key, schema) => {
      try {
        const content = await storage.read(fileOf(key));
        if (!content) return null;
        const json: unknown = JSON.parse(new TextDecoder().decode(content));
        const { value } = v.parse(v.object({ key: v.literal(key), value: v.unknown() }), json);
        return v.parse(schema, value);
      } catch {
        // A cache that can't be read is an empty one.
        return null;
      }
    },
    write: (key, value) => {
      queue = queue.then(() => write(key, value)).catch(() => undefined);
      return queue;
    },
  };
}
