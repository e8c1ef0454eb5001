import { printableLine } from '../../domain/printable.js';
import type { ImageFile } from '../../domain/supply/checks/image-config.js';
import type { Inventory } from '../../domain/supply/inventory.js';
import type { ScanFinding } from '../../domain/supply/scan-finding.js';
import { hostile } from './entry-name.js';
import { createFileTree, type FileTree } from './file-tree.js';
import { type ImageStore, openImageStore } from './image-store.js';
import { defaultLimits, type ImageLimits, layerStream } from './layer-stream.js';
import { lookIntoFile } from './look-into-file.js';
import { type ImageManifest, readManifest } from './read-manifest.js';
import { readTar } from './read-tar.js';
import { takeInventory } from './take-inventory.js';

/** An image, as far as its archive tells. */
export interface ReadImage {
  readonly manifest: ImageManifest;
  readonly inventory: Inventory;
  /** In any layer, those included that a later layer deletes. */
  readonly secrets: readonly ScanFinding[];
  /** Each file that is left in the end. */
  readonly files: readonly ImageFile[];
}

/**
 * Reads an image that lies as `docker save` wrote it, or as an OCI layout, in a tar file or a folder. Nothing is
 * unpacked to the disk, no link is followed, every digest is compared. Errors: `IMAGE_INVALID`, `IMAGE_HOSTILE`.
 */
export async function readImage(path: string, limits: ImageLimits = defaultLimits): Promise<ReadImage> {
  const store = await openImageStore(path);
  try {
    const manifest = await readManifest(store);
    const tree = createFileTree();
    const secrets = await readLayers(store, manifest, tree, limits);
    return {
      manifest,
      inventory: takeInventory(tree),
      secrets: toldOnce(secrets, tree),
      files: [...tree.files()],
    };
  } finally {
    await store.close();
  }
}

async function readLayers(store: ImageStore, manifest: ImageManifest, tree: FileTree, limits: ImageLimits) {
  const secrets: ScanFinding[] = [];
  let [bytes, entries, keptCharacters] = [0, 0, 0];
  for (const [layer, file] of manifest.layers.entries()) {
    const digest = manifest.config.layerDigests[layer] ?? '';
    let layerBytes = 0;
    const stream = counting(layerStream(store, file, digest, limits, bytes), (count) => {
      layerBytes += count;
    });
    for await (const entry of readTar(stream)) {
      entries += 1;
      if (entries > limits.mostEntries)
        throw hostile(entry.path, `is one of more than ${limits.mostEntries}`);
      const { secrets: found, ...kept } = await lookIntoFile(entry, layer);
      keptCharacters += kept.text?.length ?? 0;
      if (keptCharacters > limits.mostKept)
        throw hostile(entry.path, `is one of package files of more than ${limits.mostKept} characters`);
      secrets.push(...found);
      const { content: _, offset: __, ...about } = entry;
      tree.add({ ...about, ...kept, layer });
    }
    bytes += layerBytes;
  }
  return secrets;
}

async function* counting(
  pieces: AsyncIterable<Buffer>,
  add: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    add(piece.length);
    yield piece;
  }
}

/** A secret that several layers have in one place is one; who deleted the file is told that it is still there. */
function toldOnce(secrets: readonly ScanFinding[], tree: FileTree): ScanFinding[] {
  const byPlace = new Map(secrets.map((secret) => [`${secret.id} ${secret.place}`, secret]));
  return [...byPlace.values()].map((secret) => {
    const isThere = secret.place !== null && tree.get(secret.place) !== undefined;
    const text = printableLine(secret.text);
    return {
      ...secret,
      text: isThere ? text : `${text}; a later layer deletes the file, and the image still has it`,
    };
  });
}
