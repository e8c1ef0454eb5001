import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ImageConfig } from '../../domain/supply/checks/image-config.js';
import { entryName } from './entry-name.js';
import { imageConfigShape, ociIndexShape, ociManifestShape, savedImagesShape } from './image-shapes.js';
import type { ImageStore } from './image-store.js';

/** What an image is made of, before any layer is read. */
export interface ImageManifest {
  /** Digest of the configuration, which names every layer by its digest: `sha256:` and 64 hex digits. */
  readonly imageDigest: string;
  /** What a registry calls the image; null where the archive does not have it. */
  readonly manifestDigest: string | null;
  readonly names: readonly string[];
  readonly config: ImageConfig;
  /** From the base on. `blobDigest` is that of the file as it lies there; null where its name does not say. */
  readonly layers: readonly { readonly file: string; readonly blobDigest: string | null }[];
}

/** Reads which image an archive holds. Errors: `IMAGE_INVALID`, `IMAGE_HOSTILE` where it says two different things. */
export async function readManifest(store: ImageStore): Promise<ImageManifest> {
  const [saved, layout] = [store.has('manifest.json'), store.has('index.json')];
  if (!saved && !layout)
    throw new RatchetError('IMAGE_INVALID', 'no image: it has neither a manifest.json nor an index.json');
  const bySave = saved ? await readSaved(store) : null;
  const byLayout = layout ? await readLayout(store) : null;
  if (bySave !== null && byLayout !== null && bySave.imageDigest !== byLayout.imageDigest)
    throw new RatchetError('IMAGE_HOSTILE', 'manifest.json and index.json are about different images');
  const read = byLayout ?? bySave;
  if (read === null) throw new RatchetError('INTERNAL', 'an image was read and is not there');
  if (read.layers.length !== read.config.layerDigests.length)
    throw new RatchetError(
      'IMAGE_INVALID',
      `the image has ${read.layers.length} layers, and its configuration names ${read.config.layerDigests.length}`,
    );
  return { ...read, names: bySave?.names ?? read.names };
}

async function readSaved(store: ImageStore): Promise<ImageManifest> {
  const images = parsed(savedImagesShape, await store.read('manifest.json'), 'manifest.json');
  const [image] = images;
  if (image === undefined || images.length > 1)
    throw new RatchetError('IMAGE_INVALID', `the archive holds ${images.length} images, allowed is one`);
  const file = entryName(image.Config);
  const text = await store.read(file);
  const imageDigest = digestOf(text);
  const said = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(file)?.[1];
  if (said !== undefined) compareDigest(file, imageDigest, `sha256:${said}`);
  return {
    imageDigest,
    manifestDigest: null,
    names: image.RepoTags ?? [],
    config: readConfig(text, file),
    layers: image.Layers.map((layer) => ({ file: entryName(layer), blobDigest: null })),
  };
}

async function readLayout(store: ImageStore): Promise<ImageManifest> {
  const index = parsed(ociIndexShape, await store.read('index.json'), 'index.json');
  const digest = await onlyManifest(store, index, 1);
  const manifest = parsed(ociManifestShape, await readBlob(store, digest), `the manifest ${digest}`);
  const text = await readBlob(store, manifest.config.digest);
  return {
    imageDigest: manifest.config.digest,
    manifestDigest: digest,
    names: [],
    config: readConfig(text, 'the configuration'),
    layers: manifest.layers.map(({ digest: blobDigest }) => ({ file: blobFile(blobDigest), blobDigest })),
  };
}

/** The one image of an index; statements that builders put beside it are none. */
async function onlyManifest(
  store: ImageStore,
  { manifests }: z.infer<typeof ociIndexShape>,
  deeper: number,
): Promise<string> {
  const images = manifests.filter(
    ({ annotations }) => annotations?.['vnd.docker.reference.type'] === undefined,
  );
  const [image] = images;
  if (image === undefined || images.length > 1)
    throw new RatchetError('IMAGE_INVALID', `the layout holds ${images.length} images, allowed is one`);
  if (!/index|manifest\.list/.test(image.mediaType ?? '')) return image.digest;
  if (deeper === 0)
    throw new RatchetError('IMAGE_INVALID', 'an index leads to an index that leads to an index');
  const inner = parsed(ociIndexShape, await readBlob(store, image.digest), `the index ${image.digest}`);
  return await onlyManifest(store, inner, deeper - 1);
}

async function readBlob(store: ImageStore, digest: string): Promise<Buffer> {
  const text = await store.read(blobFile(digest));
  compareDigest(blobFile(digest), digestOf(text), digest);
  return text;
}

const blobFile = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`;

/** `sha256:` and the digest of some bytes. */
export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Error: `IMAGE_HOSTILE` where a file is not what the image says it is. */
export function compareDigest(file: string, came: string, said: string): void {
  if (came === said) return;
  throw new RatchetError(
    'IMAGE_HOSTILE',
    `${file} has the digest ${came}, and the image says it has ${said}`,
  );
}

function readConfig(text: Buffer, file: string): ImageConfig {
  const { architecture, os, config, rootfs, history } = parsed(imageConfigShape, text, file);
  const test = config?.Healthcheck?.Test ?? [];
  return {
    architecture,
    os,
    user: config?.User ?? '',
    environment: config?.Env ?? [],
    command: [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])],
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}),
    volumes: Object.keys(config?.Volumes ?? {}),
    hasHealthCheck: test.length > 0 && test[0] !== 'NONE',
    workingFolder: config?.WorkingDir ?? '',
    labels: config?.Labels ?? {},
    history: (history ?? []).map(({ created_by: command }) => command ?? ''),
    layerDigests: rootfs.diff_ids,
  };
}

/** A JSON file in a shape. Error: `IMAGE_INVALID`. */
function parsed<T>(shape: z.ZodType<T>, text: Buffer, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw new RatchetError('IMAGE_INVALID', `${file} is no JSON`, {}, { cause });
  }
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new RatchetError(
    'IMAGE_INVALID',
    `${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`,
  );
}
