import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { canonicalText } from '../../../domain/canonical-text.js';
import { dockerfileOf, refuseRecipe } from '../../../domain/engine/image-recipe.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { BuiltImage, Engine, EngineImage, WantedImage } from '../../../domain/ports/engine.js';
import { ask } from './ask-engine.js';
import { type FolderTar, folderTar } from './folder-tar.js';
import { follow } from './follow.js';
import { findImage, findRoot, readImage } from './images.js';

/** The name holds a base fast; it is never asked for by it. */
const baseTagDigits = 16;

/** How images come to be. */
export function buildVerbs(docker: Docker, agent: string): Pick<Engine, 'importRoot' | 'build'> {
  async function importRoot(folder: string, signal?: AbortSignal): Promise<EngineImage> {
    const tar = await folderTar(folder);
    const labels = { [engineLabels.content]: tar.digest, [engineLabels.base]: 'none' };
    const name = { repo: 'ratchet-base', tag: tar.digest.slice(0, baseTagDigits) };
    const known = await findRoot(docker, labels, name);
    if (known !== null) return known;
    const changes = Object.entries(labels).map(([name, value]) => `LABEL ${name}=${value}`);
    const what = 'the base image could not be imported';
    const { body, abortSignal } = guarded(tar.open(), signal);
    const done = await ask(what, async () =>
      follow(docker, await docker.importImage(body, { changes, abortSignal })),
    );
    if (done.error !== null) throw new RatchetError('IMAGE_FAILED', `${what}: ${done.error}`);
    // Somebody else may have made the same one meanwhile: all take the one that was there first.
    return (await findRoot(docker, labels, name)) ?? readImage(docker, done.lastStatus ?? '');
  }

  async function build(wanted: WantedImage, signal?: AbortSignal): Promise<BuiltImage> {
    const refused = refuseRecipe(wanted.recipe);
    if (refused.length > 0) throw new RatchetError('ENGINE_REFUSED', refused.join('; '), { refused });
    const tar = await folderTar(wanted.folder);
    const identity = identityOf(wanted, tar, agent);
    const known = await findImage(docker, identity);
    if (known !== null) return { ...known, isReused: true };
    const labels = { ...identity, [engineLabels.run]: wanted.run };
    const id = await buildAnew(docker, { tar, recipe: wanted.recipe, labels }, signal);
    return { ...(await readImage(docker, id)), isReused: false };
  }

  return { importRoot, build };
}

function identityOf({ labels, recipe }: WantedImage, tar: FolderTar, agent: string) {
  const text = canonicalText({ files: tar.digest, recipe });
  return {
    ...labels,
    [engineLabels.agent]: agent,
    [engineLabels.content]: createHash('sha256').update(text).digest('hex'),
    [engineLabels.base]: recipe.base,
  };
}

/** Not a name that a part can have. */
const dockerfile = '.ratchet-dockerfile';

async function buildAnew(
  docker: Docker,
  wanted: Pick<WantedImage, 'recipe' | 'labels'> & { readonly tar: FolderTar },
  signal?: AbortSignal,
): Promise<string> {
  const context = wanted.tar.open({ name: dockerfile, text: dockerfileOf(wanted.recipe) });
  const { body, abortSignal } = guarded(context, signal);
  const options = {
    dockerfile,
    labels: wanted.labels,
    version: '1',
    networkmode: 'none',
    rm: true,
    forcerm: true,
    abortSignal,
  } as const;
  const what = 'the image could not be built';
  const done = await ask(what, async () => follow(docker, await docker.buildImage(body, options)));
  const id = done.aux['ID'];
  if (done.error === null && typeof id === 'string') return id;
  throw new RatchetError('IMAGE_FAILED', `${what}: ${done.lastLines.join('; ')}`, { lines: done.lastLines });
}

/** The client of the engine does not look at what becomes of a body while it sends it. */
function guarded(body: Readable, signal: AbortSignal | undefined) {
  const broken = new AbortController();
  body.once('error', (error) => broken.abort(error));
  return {
    body,
    abortSignal: signal === undefined ? broken.signal : AbortSignal.any([signal, broken.signal]),
  };
}
