import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';

/** Where what belongs to an endpoint lies, and what it is called in the engine. */
export interface EndpointPlace {
  readonly folder: string;
  /** Which revision answers: the door reads it. */
  readonly liveFile: string;
  readonly portsFile: string;
  /** The last lines of the newest revision that did not become ready. */
  readonly failedFile: string;
  revisionFolder(revision: string): string;
  /** Of its replicas: it leads to the host and nowhere else. */
  readonly network: `ratchet-${string}`;
  readonly doorName: string;
  replicaName(revision: string, replica: number): string;
}

export function endpointPlace(
  root: string,
  agent: string,
  { project, endpoint }: EndpointName,
): EndpointPlace {
  const folder = join(root, 'endpoints', project, endpoint);
  const short = createHash('sha256').update(`${project}/${endpoint}`).digest('hex').slice(0, 10);
  const name = `ratchet-${agent}-${short}` as const;
  return {
    folder,
    liveFile: join(folder, 'door', 'live.json'),
    portsFile: join(folder, 'ports.json'),
    failedFile: join(folder, 'failed.json'),
    revisionFolder: (revision) => join(folder, 'revisions', revision),
    network: name,
    doorName: `${name}-door`,
    replicaName: (revision, replica) => `${name}-${revision}-${replica}`,
  };
}

/** Of all doors of an agent; nothing else is in it, so nothing of a user's can leave by it. */
export const doorsNetwork = (agent: string) => `ratchet-${agent}-doors` as const;
