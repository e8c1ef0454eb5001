import type { DataPlane } from '../data-plane-port.js';
import { serverIdentity } from '../server-identity.js';
import type { Answering } from './answering.js';

const extensions = ['model_repository', 'parameters', 'schedule_policy', 'statistics'];

/** What is asked about the server itself. */
export function serverCalls(plane: DataPlane, answered: Answering) {
  return {
    ServerLive: answered(() => ({ live: plane.isLive() })),
    ServerReady: answered(() => ({ ready: plane.isReady() })),
    ServerMetadata: answered(() => ({ ...serverIdentity, extensions })),
  };
}
