import { mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { BlobRef, BlobStore } from '../../../domain/ports/blobs.js';
import type {
  DeploymentTarget,
  EndpointName,
  WantedRevision,
} from '../../../domain/ports/deployment-target.js';
import { agentFiles } from '../../../domain/serving/agent-files.js';
import type { ManifestModel } from '../../../domain/serving/manifest.js';
import { linesShape, observedListShape, observedShape, removedShape } from './answer-shapes.js';
import { askAgent } from './ask-agent.js';

export interface ProcessTargetOptions {
  /** Folder of the process that keeps the endpoints of this machine. */
  readonly dir: string;
  readonly blobs: Pick<BlobStore, 'fetchFile'>;
  /** Where the file of a model is stored. */
  readonly modelFile: (model: ManifestModel) => BlobRef;
}

/**
 * Endpoints as processes of this machine, which another process keeps. What a revision needs is put beside it first, by
 * digest, so that it starts again with no store in reach. Errors of `deploy`, beside those of the port: those of the store,
 * `APPLICATION_INVALID`, and those of the secrets that it names.
 */
export function createProcessTarget({ dir, blobs, modelFile }: ProcessTargetOptions): DeploymentTarget {
  const files = join(dir, agentFiles.files);
  const socket = join(dir, agentFiles.socket);
  const put = async (file: BlobRef): Promise<void> => {
    const path = join(files, file.sha256);
    const known = await stat(path).catch(() => undefined);
    // The supervisor hashes it; this only spares a copy.
    if (known?.size === file.bytes) await utimes(path, new Date(), new Date());
    else await blobs.fetchFile(file, path);
  };
  const putAll = async ({ models, application }: WantedRevision): Promise<void> => {
    await mkdir(files, { recursive: true, mode: 0o700 });
    const needed = [...models.map(modelFile), ...(application === null ? [] : [application])];
    for (const file of needed) await put(file);
  };
  return {
    kind: 'process',
    deploy: async (wanted, signal) => {
      const deploy = async () => {
        await putAll(wanted);
        return await askAgent(socket, 'PUT', pathOf(wanted), observedShape, { body: wanted, signal });
      };
      // The agent has taken a broken file away: it is fetched anew, once.
      return await deploy().catch((error: unknown) => {
        if (error instanceof RatchetError && error.code === 'BLOB_CORRUPT') return deploy();
        throw error;
      });
    },
    observe: (name) => askAgent(socket, 'GET', pathOf(name), observedShape),
    list: () => askAgent(socket, 'GET', '/endpoints', observedListShape),
    remove: async (name, signal) => {
      await askAgent(socket, 'DELETE', pathOf(name), removedShape, { signal });
    },
    logs: (name, lines) => askAgent(socket, 'GET', `${pathOf(name)}/logs?lines=${lines}`, linesShape),
  };
}

const pathOf = ({ project, endpoint }: EndpointName) => `/endpoints/${project}/${endpoint}`;
