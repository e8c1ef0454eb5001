import type { GitObject } from './object-batch.js';

const mostObjects = 500;
const largestBytes = 64 * 1024;

/** Remembers small objects by where they were found. What a commit holds never changes. */
export interface ObjectMemory {
  /** The object that is remembered under the key, else what `read` gives. That nothing is there is not remembered. */
  recall(key: string, read: () => Promise<GitObject | undefined>): Promise<GitObject | undefined>;
}

export function createObjectMemory(): ObjectMemory {
  const objects = new Map<string, GitObject>();
  return {
    recall: async (key, read) => {
      const known = objects.get(key);
      if (known !== undefined) return known;
      const object = await read();
      if (object === undefined || object.content.length > largestBytes) return object;
      const [oldest] = objects.keys();
      if (objects.size >= mostObjects && oldest !== undefined) objects.delete(oldest);
      // A copy: the content is a view of all that git said.
      objects.set(key, { ...object, content: Buffer.from(object.content) });
      return object;
    },
  };
}
