import type Docker from 'dockerode';
import type { ContainerBody } from '../../../domain/engine/container-body.js';
import { containerSpec, type WantedContainer } from '../../../domain/engine/container-spec.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import { refuseSpec, type SpecBounds } from '../../../domain/engine/refuse-spec.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EngineContainer } from '../../../domain/ports/engine.js';
import { askUnless } from './ask-engine.js';
import { followedReads } from './followed-reads.js';
import { readContainer } from './read-container.js';

/** Makes and starts a container. Errors: those of `run` of the port. */
export async function runContainer(
  docker: Docker,
  bounds: SpecBounds,
  { name, wanted }: { readonly name: string; readonly wanted: WantedContainer },
): Promise<EngineContainer> {
  const spec = await allowedSpec(bounds, wanted);
  const what = `the container ${name} could not be started`;
  const request = { name, ...spec } as unknown as Docker.ContainerCreateOptions;
  // Who was killed between the two calls finds it made and not started: 409.
  const made = await askUnless([404, 409], what, () => docker.createContainer(request));
  if (made === null) await requireSame(docker, bounds.agent, name, spec);
  // 304: it runs.
  await askUnless([304], what, () => docker.getContainer(name).start());
  const running = await readContainer(docker, bounds.agent, name);
  if (running !== null) return running;
  throw new RatchetError('PART_UNAVAILABLE', `${what}: it was removed at once`);
}

async function allowedSpec(bounds: SpecBounds, wanted: WantedContainer): Promise<ContainerBody> {
  const reads = await followedReads(wanted.reads);
  const labels = { ...wanted.labels, [engineLabels.agent]: bounds.agent };
  const spec = containerSpec({ ...wanted, reads, labels });
  const refused = refuseSpec(spec, bounds);
  if (refused.length > 0) throw new RatchetError('ENGINE_REFUSED', refused.join('; '), { refused });
  return spec;
}

/** A name stands for one content: whoever wants something else takes another name. */
async function requireSame(
  docker: Docker,
  agent: string,
  name: string,
  { Image, Labels }: ContainerBody,
): Promise<void> {
  const found = await askUnless([404], 'the container could not be read', () =>
    docker.getContainer(name).inspect(),
  );
  if (found === null) throw new RatchetError('IMAGE_NOT_FOUND', `the engine has no image "${Image}"`);
  const has = found.Config.Labels;
  const isOurs = has[engineLabels.agent] === agent && found.Config.Image === Image;
  if (isOurs && Object.entries(Labels).every(([key, value]) => has[key] === value)) return;
  throw new RatchetError('CONFLICT', `there is a container ${name} already, and it is another`);
}
