import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { describe } from 'vitest';
import { createEngine } from '../../activities/adapters/engine/create-engine.js';
import { nativeAddons } from '../../activities/engine/image-context.js';
import { stageNodeBase } from '../../activities/engine/node-base.js';
import type { Engine } from '../../domain/ports/engine.js';
import { clearAgent } from '../../scripts/soak/releases/clear-engine.js';

export const packageRoot = join(import.meta.dirname, '../..');
/** Where the engine of the tests is found; there has to be one in CI. */
export const socketPath = process.env['RATCHET_TEST_ENGINE_SOCKET'] ?? '/var/run/docker.sock';
const isThere = existsSync(socketPath) || process.env['CI'] === 'true';

/** Suites that need a Docker engine; skipped on a machine without one. */
export const describeEngine = describe.skipIf(!isThere);

export interface EngineRoom {
  readonly engine: Engine;
  /** To look at what was made, and to break it. */
  readonly docker: Docker;
  readonly agent: string;
  readonly root: string;
  /** Id of an image with this machine's Node and nothing else. */
  readonly base: string;
  /** Ends and removes all that this room's agent made. */
  leave(): Promise<void>;
}

/** An agent of its own on the engine of this machine. */
export async function openEngineRoom(agent: string): Promise<EngineRoom> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'engine-room-')));
  const docker = new Docker({ socketPath });
  const engine = createEngine({ socketPath, root, agent });
  const staged = join(root, 'base');
  await mkdir(staged);
  await stageNodeBase(staged, nativeAddons(packageRoot));
  const { id: base } = await engine.importRoot(staged);
  return { engine, docker, agent, root, base, leave: () => leave(docker, engine, agent, root) };
}

async function leave(docker: Docker, engine: Engine, agent: string, root: string): Promise<void> {
  await clearAgent(docker, engine, agent);
  await rm(root, { recursive: true, force: true });
}
