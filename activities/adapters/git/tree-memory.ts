import type { TreeFile } from './list-tree.js';

const mostTrees = 50;

/** Larger trees are streamed to the disk each time. */
const smallBytes = 512 * 1024;
const smallFiles = 200;

/** A tree with all of its contents. */
export interface SmallTree {
  readonly files: readonly TreeFile[];
  /** What `git cat-file --batch` says of the files, in their order. */
  readonly batch: Buffer;
}

/** Remembers small trees by their id, which names the same files for ever. */
export interface TreeMemory {
  find(treeId: string): SmallTree | undefined;
  keep(treeId: string, tree: SmallTree): void;
}

export function createTreeMemory(): TreeMemory {
  const trees = new Map<string, SmallTree>();
  return {
    find: (treeId) => trees.get(treeId),
    keep: (treeId, tree) => {
      const [oldest] = trees.keys();
      if (trees.size >= mostTrees && oldest !== undefined) trees.delete(oldest);
      trees.set(treeId, tree);
    },
  };
}

export function isSmall(files: readonly TreeFile[]): boolean {
  return files.length <= smallFiles && files.reduce((sum, file) => sum + file.sizeBytes, 0) <= smallBytes;
}
