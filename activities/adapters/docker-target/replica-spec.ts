import type { WantedContainer } from '../../../domain/engine/container-spec.js';
import { imageName } from '../../../domain/engine/image-name.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { Secrets } from '../../../domain/ports/secrets.js';
import { hostLimits } from '../../../domain/serving/host-limits.js';
import type { EndpointPlace } from './endpoint-place.js';
import { insideContainer } from './revision-folder.js';

const mebibyte = 1024 ** 2;
const secretScheme = 'secret://';
/** Threads of the runtime, of models and of the process in which a model is tried. */
const mostProcesses = 256;

/** The container of one replica, but for its number. Errors: `ENGINE_REFUSED` without an image, those of `Secrets.read`. */
export async function replicaSpec(
  wanted: WantedRevision,
  place: EndpointPlace,
  secrets: Secrets,
): Promise<WantedContainer> {
  const { project, endpoint, revision, image, resources } = wanted;
  if (image === null) throw new RatchetError('ENGINE_REFUSED', `revision ${revision} has no image to be run`);
  const environment = await Promise.all(
    Object.entries(wanted.environment).map(async ([name, value]) => {
      const isSecret = value.startsWith(secretScheme);
      return [name, isSecret ? await secrets.read(value.slice(secretScheme.length)) : value] as const;
    }),
  );
  return {
    image: imageName(image),
    labels: {
      [engineLabels.project]: project,
      [engineLabels.endpoint]: endpoint,
      [engineLabels.revision]: revision,
    },
    env: { ...Object.fromEntries(environment), ...hostSettings(wanted) },
    reads: [{ source: place.revisionFolder(revision), target: insideContainer.revision }],
    scratch: [{ target: '/tmp', bytes: 64 * mebibyte }],
    network: place.network,
    limits: {
      memoryBytes: resources.memoryMiB * mebibyte,
      cpus: resources.cpus,
      processes: mostProcesses,
    },
    isKept: true,
  };
}

/** Every file of a revision lies beside it, proven; the store, which a host has to be told of, is out of its reach. */
const noStore = {
  RATCHET_S3_ENDPOINT: 'http://127.0.0.1:9',
  RATCHET_S3_ACCESS_KEY: 'none',
  RATCHET_S3_SECRET_KEY: 'none',
};

function hostSettings(wanted: WantedRevision): Record<string, string> {
  return {
    RATCHET_SERVING_MANIFEST: `${insideContainer.revision}/manifest.json`,
    RATCHET_SERVING_CACHE_DIR: `${insideContainer.revision}/models`,
    // Other replicas answer at the door when this one ends.
    RATCHET_SERVING_IDLE_AT_END: 'answer',
    ...noStore,
    ...hostLimits(wanted),
  };
}
