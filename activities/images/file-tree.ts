import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ImageFile } from '../../domain/supply/checks/image-config.js';
import { hostile } from './entry-name.js';

/** A file as the last layer that has it leaves it, with what was kept of its content. */
export interface TreeFile extends ImageFile {
  readonly layer: number;
  /** Of files that are read for what they say. */
  readonly text?: string;
  /** Of model files. */
  readonly sha256?: string;
}

/** The files of an image, layer over layer, without following a link. */
export interface FileTree {
  /** Lays an entry over what is there. Error: `IMAGE_HOSTILE` where what it replaces cannot be told. */
  add(file: TreeFile): void;
  /** Every file that is left, in order of path. */
  files(): Generator<TreeFile>;
  get(path: string): TreeFile | undefined;
  /** The first part of a path that is a link; undefined where none is. */
  linkOn(path: string): TreeFile | undefined;
}

interface Node {
  /** Undefined for a folder that only its files tell of. */
  file: TreeFile | undefined;
  /** Latest layer that it is of. */
  layer: number;
  readonly children: Map<string, Node>;
}

const mark = '.wh.';
const opaque = '.wh..wh..opq';

/** Steps that taking files away may take in all; a hostile image could ask for the square of its entries. */
const mostSteps = 50_000_000;

export function createFileTree(): FileTree {
  const root: Node = { file: undefined, layer: 0, children: new Map() };
  let steps = 0;

  /** Takes away what lower layers have in a folder. */
  function clear(folder: Node, layer: number): void {
    for (const [name, child] of folder.children) {
      steps += 1;
      if (steps > mostSteps)
        throw new RatchetError(
          'IMAGE_HOSTILE',
          `deleting files takes more than ${mostSteps} steps, which is not allowed`,
        );
      clear(child, layer);
      if (child.layer < layer && child.children.size === 0) folder.children.delete(name);
    }
  }

  function whiteOut(folder: Node, name: string, file: TreeFile): void {
    if (name === opaque) {
      clear(folder, file.layer);
      return;
    }
    // Other names of this kind are what the file system of a builder left behind.
    if (name.startsWith('.wh..wh.')) return;
    const hidden = name.slice(mark.length);
    const child = folder.children.get(hidden);
    if (child === undefined) return;
    clear(child, file.layer);
    if (child.layer < file.layer && child.children.size === 0) folder.children.delete(hidden);
  }

  return {
    add(file) {
      const parts = file.path === '' ? [] : file.path.split('/');
      const name = parts.pop();
      if (name === undefined) return;
      const folder = folderOf(root, parts, file);
      if (name.startsWith(mark)) whiteOut(folder, name, file);
      else put(folder, name, file);
    },
    files: () => filesOf(root),
    get: (path) =>
      path.split('/').reduce<Node | undefined>((node, part) => node?.children.get(part), root)?.file,
    linkOn(path) {
      let node: Node | undefined = root;
      for (const part of path.split('/')) {
        node = node?.children.get(part);
        if (node?.file?.kind === 'link' || node?.file?.kind === 'hard-link') return node.file;
      }
      return undefined;
    },
  };
}

/** The folder that an entry lies in. Links are never gone through: where one leads is for nobody to guess. */
function folderOf(root: Node, parts: readonly string[], { path, layer }: TreeFile): Node {
  let node = root;
  for (const part of parts) {
    if (part.startsWith(mark)) throw hostile(path, 'lies beneath the mark of a deleted file');
    const next: Node = node.children.get(part) ?? { file: undefined, layer, children: new Map() };
    const { file } = next;
    if (file !== undefined && file.kind !== 'folder')
      throw hostile(path, file.kind === 'file' ? 'lies beneath a file' : `lies beneath a ${file.kind}`);
    node.children.set(part, next);
    next.layer = layer;
    node = next;
  }
  return node;
}

function put(folder: Node, name: string, file: TreeFile): void {
  const before = folder.children.get(name);
  const isFolder = file.kind === 'folder';
  const wasFolder = before !== undefined && (before.file === undefined || before.file.kind === 'folder');
  if (before !== undefined && before.layer === file.layer && !(isFolder && wasFolder)) {
    const isOlder = before.file === undefined || before.file.layer < file.layer;
    throw hostile(
      file.path,
      isOlder ? 'replaces a folder that its own layer adds to' : 'comes twice in one layer',
    );
  }
  const children = isFolder && wasFolder ? before.children : new Map<string, Node>();
  folder.children.set(name, { file, layer: file.layer, children });
}

function* filesOf(folder: Node): Generator<TreeFile> {
  for (const [, node] of [...folder.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (node.file !== undefined) yield node.file;
    yield* filesOf(node);
  }
}
