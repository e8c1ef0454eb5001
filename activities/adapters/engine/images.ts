import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Engine, EngineImage } from '../../../domain/ports/engine.js';
import { ask, askUnless } from './ask-engine.js';
import { follow } from './follow.js';

/** Where an image is pushed to. */
type Place = Parameters<Engine['push']>[1];

/** What the engine does with images that are there. */
export function imageVerbs(
  docker: Docker,
  agent: string,
): Pick<Engine, 'image' | 'save' | 'push' | 'pruneImages'> {
  async function save(id: string, path: string, signal?: AbortSignal): Promise<void> {
    // Of an image that is not there the engine says that it broke.
    await readImage(docker, id);
    const archive = await ask('the image could not be saved', () => docker.getImage(id).get());
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    await pipeline(archive, file, signal === undefined ? {} : { signal });
  }

  async function push(id: string, { repository, tag }: Place, signal?: AbortSignal): Promise<string> {
    const what = `the image could not be pushed to ${repository}`;
    const place = { repo: repository, tag };
    const tagged = await askUnless([404], what, () =>
      docker
        .getImage(id)
        .tag(place)
        .then(() => true),
    );
    if (tagged === null) throw noImage(id);
    const nobody = { username: '', password: '', serveraddress: '' };
    const options = { tag, authconfig: nobody, ...(signal === undefined ? {} : { abortSignal: signal }) };
    const done = await ask(what, async () => follow(docker, await docker.getImage(repository).push(options)));
    const digest = done.aux['Digest'];
    if (done.error === null && typeof digest === 'string') return digest;
    throw new RatchetError('PART_UNAVAILABLE', `${what}: ${done.error ?? 'the registry told no digest'}`);
  }

  async function pruneImages(keep: readonly string[], youngestMs = 0): Promise<number> {
    const what = 'images could not be removed';
    const filters = { label: [`${engineLabels.agent}=${agent}`] };
    const images = await ask(what, () => docker.listImages({ filters }));
    const isOld = ({ Created }: (typeof images)[number]) => Date.now() - Created * 1000 >= youngestMs;
    const digestsOf = ({ Id, RepoDigests }: (typeof images)[number]) => [
      Id,
      ...(RepoDigests ?? []).map((name) => name.split('@')[1]),
    ];
    const isKept = (image: (typeof images)[number]) =>
      digestsOf(image).some((digest) => digest !== undefined && keep.includes(digest));
    const used = new Set(
      (await ask(what, () => docker.listContainers({ all: true }))).map((one) => one.ImageID),
    );
    let removed = 0;
    for (const image of images.filter((one) => !isKept(one) && !used.has(one.Id) && isOld(one)))
      if (await removeImage(docker, image, what)) removed += 1;
    return removed;
  }

  return { image: (id) => readImage(docker, id), save, push, pruneImages };
}

/** An image of several names is not removed by its id; with its last name it is gone. */
async function removeImage(
  docker: Docker,
  { Id, RepoTags }: Docker.ImageInfo,
  what: string,
): Promise<boolean> {
  const names = (RepoTags ?? []).filter((name) => name !== '<none>:<none>');
  let isGone = false;
  for (const name of names.length === 0 ? [Id] : names) {
    // 409: a container uses it by now. 404: somebody else removed it.
    const removed = await askUnless([404, 409], what, () =>
      docker
        .getImage(name)
        .remove()
        .then(() => true),
    );
    isGone = removed !== null;
  }
  return isGone;
}

/** Error: `IMAGE_NOT_FOUND`. */
export async function readImage(docker: Docker, id: string): Promise<EngineImage> {
  const inspect = () => docker.getImage(id).inspect();
  const found = await askUnless([404], 'the image could not be read', inspect);
  if (found === null) throw noImage(id);
  return {
    id: found.Id,
    labels: found.Config.Labels ?? {},
    repositoryDigests: found.RepoDigests ?? [],
    bytes: found.Size,
  };
}

/** The newest image that carries all of these labels; null where there is none. */
export async function findImage(
  docker: Docker,
  labels: Readonly<Record<string, string>>,
): Promise<EngineImage | null> {
  const filters = { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) };
  const images = await ask('images could not be listed', () => docker.listImages({ filters }));
  const newest = images.toSorted((a, b) => b.Created - a.Created)[0];
  return newest === undefined ? null : readImage(docker, newest.Id);
}

/**
 * The oldest image without a parent that carries all of these labels; null where there is none. It has a name from then
 * on: one without would go with the last image that is built on it, whoever removes that. The engine lists what others are
 * built on only where it is told to, and their steps with them.
 */
export async function findRoot(
  docker: Docker,
  labels: Readonly<Record<string, string>>,
  name: { readonly repo: string; readonly tag: string },
): Promise<EngineImage | null> {
  const filters = { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) };
  const images = await ask('images could not be listed', () => docker.listImages({ all: true, filters }));
  const roots = images.filter(({ ParentId }) => ParentId === '');
  const oldest = roots.toSorted((a, b) => a.Created - b.Created || (a.Id < b.Id ? -1 : 1))[0];
  if (oldest === undefined) return null;
  const isNamed = (oldest.RepoTags ?? []).includes(`${name.repo}:${name.tag}`);
  if (!isNamed) await ask('the base image could not be named', () => docker.getImage(oldest.Id).tag(name));
  return readImage(docker, oldest.Id);
}

const noImage = (id: string) => new RatchetError('IMAGE_NOT_FOUND', `the engine has no image "${id}"`);
