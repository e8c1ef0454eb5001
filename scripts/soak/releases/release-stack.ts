import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import { agentsOf } from '../../../activities/adapters/engine/agents-of.js';
import { createEngine } from '../../../activities/adapters/engine/create-engine.js';
import type { Engine } from '../../../domain/ports/engine.js';
import { packageRoot } from '../../../stack/package-root.js';
import { type ChaosStack, openChaosStack } from '../chaos/chaos-stack.js';
import { clearEngine } from './clear-engine.js';

/** A whole stack with an engine agent, and what is looked at the engine with, past the agent. */
export interface ReleaseStack extends ChaosStack {
  readonly docker: Docker;
  /** The engine as the agent of this stack sees it: what others made on it is not shown. */
  readonly engine: Engine;
  /** Folder of the advisories that images are held against. */
  readonly advisories: string;
}

export const socketPath = process.env['RATCHET_TEST_ENGINE_SOCKET'] ?? '/var/run/docker.sock';

/** Starts it in an empty state folder below `folder`; closing it takes what it made away from the engine. */
export async function openReleaseStack(folder: string): Promise<ReleaseStack> {
  const advisories = join(folder, 'advisories');
  await layOutAdvisories(advisories);
  const chaos = await openChaosStack(folder, {
    RATCHET_ENGINE_SOCKET: socketPath,
    RATCHET_ADVISORIES_DIR: advisories,
  });
  const { stateDir } = chaos.stack;
  const docker = new Docker({ socketPath });
  const engine = createEngine({ socketPath, ...agentsOf(stateDir).containers });
  return {
    ...chaos,
    docker,
    engine,
    advisories,
    async close() {
      await chaos.close();
      await clearEngine(socketPath, stateDir);
    },
  };
}

/** The sample of the example, as if it had been fetched at this moment. */
async function layOutAdvisories(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(join(packageRoot(), 'examples/flight-delay/sample-advisories'), folder, { recursive: true });
  await writeFile(join(folder, 'metadata.json'), JSON.stringify({ updatedAt: new Date().toISOString() }));
}
