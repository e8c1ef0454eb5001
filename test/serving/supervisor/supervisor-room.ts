import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import { createProcessTarget } from '../../../activities/adapters/process-target/create-process-target.js';
import type { BlobRef, BlobStore } from '../../../domain/ports/blobs.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import { nodeArgs } from '../../setup/own-program.js';
import { addsTo } from '../small-models.js';

export interface GivenStore {
  readonly blobs: Pick<BlobStore, 'fetchFile'>;
  readonly bucket: string;
}

/** One supervisor with a folder of its own, as a process. */
export interface SupervisorRoom {
  readonly dir: string;
  readonly secretsDir: string;
  readonly target: ReturnType<typeof createProcessTarget>;
  /** The process that runs at the moment. */
  child(): ChildProcess;
  /** All that it said. */
  readonly said: { err: string };
  start(): Promise<void>;
  /** SIGKILL, as a crash is. */
  kill(): Promise<void>;
  /** SIGTERM; its exit code. */
  stop(): Promise<number | null>;
  wanted(ordinal: number, model: Uint8Array, more?: Partial<WantedRevision>): Promise<WantedRevision>;
  /** Stores bytes where the target finds them. */
  store(bytes: Uint8Array): BlobRef;
}

/** Gives supervisors, which are ended after each test. `name` of the folder may be long; `store` is S3 instead of a folder. */
export function supervisorRooms() {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  return async (name = 'state', store?: GivenStore): Promise<SupervisorRoom> => {
    const home = mkdtempSync(join(tmpdir(), 'ratchet supervisor '));
    const room = openRoom(home, name, store);
    ends.push(async () => {
      await room.stop();
      rmSync(home, { recursive: true, force: true });
    });
    await room.start();
    return room;
  };
}

function openRoom(home: string, name: string, given?: GivenStore): SupervisorRoom {
  const state = join(home, name);
  const [dir, secretsDir, blobs] = [join(state, 'endpoints'), join(state, 'secrets'), join(home, 'blobs')];
  for (const folder of [secretsDir, blobs]) mkdirSync(folder, { recursive: true });
  const said = { err: '' };
  let child: ChildProcess | undefined;
  const running = () => {
    if (child === undefined) throw new Error('there is no supervisor');
    return child;
  };
  const ended = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const ending = running();
    if (ending.exitCode !== null || ending.signalCode !== null) return ending.exitCode;
    ending.kill(signal);
    return (await once(ending, 'exit'))[0] as number | null;
  };
  const store = (bytes: Uint8Array): BlobRef => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(blobs, sha256), bytes);
    return { uri: `s3://test/blobs/${sha256}`, sha256, bytes: bytes.length };
  };
  return {
    dir,
    secretsDir,
    said,
    child: running,
    target: createProcessTarget({
      dir,
      blobs: given?.blobs ?? {
        fetchFile: async ({ sha256 }, path) => copyFileSync(join(blobs, sha256), path),
      },
      modelFile: ({ sha256, bytes }) => ({
        uri: `s3://${given?.bucket ?? 'test'}/blobs/${sha256}`,
        sha256,
        bytes,
      }),
    }),
    store,
    start: async () => {
      child = startSupervisor(state, said);
      const lines = createInterface(child.stdout as NodeJS.ReadableStream);
      const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
      if (!String(line).startsWith('{"ready":true')) throw new Error(`it did not start: ${said.err}`);
    },
    kill: async () => void (await ended('SIGKILL')),
    stop: () => ended('SIGTERM'),
    wanted: async (ordinal, model, more = {}) => revisionOf(store(model), ordinal, more),
  };
}

function startSupervisor(state: string, said: { err: string }): ChildProcess {
  const child = spawn(process.execPath, nodeArgs('serving/supervisor/main'), {
    env: {
      PATH: process.env['PATH'],
      RATCHET_STATE_DIR: state,
      RATCHET_METRICS_PORT: '0',
      RATCHET_SHUTDOWN_GRACE_MS: '2000',
      NEVER_HANDED_ON: 'of the supervisor',
      RATCHET_SERVING_MODELS: 'flights/never-handed-on@champion',
      RATCHET_SERVING_MAX_RUN_MS: '54321',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return child;
}

/** A revision of an endpoint with one model, which is the file. */
export function revisionOf(file: BlobRef, ordinal: number, more: Partial<WantedRevision>): WantedRevision {
  const { sha256, bytes } = file;
  return {
    project: 'flights',
    endpoint: 'late',
    revision: randomUUID(),
    ordinal,
    models: [{ project: 'flights', model: 'adds', version: ordinal, sha256, bytes, alias: 'champion' }],
    defaultModel: null,
    application: null,
    // Releases build one where there is an engine, also for processes.
    image: { digest: `sha256:${sha256}`, repository: null, statements: file },
    replicas: 1,
    resources: { cpus: 1, memoryMiB: 1024 },
    limits: { timeoutMs: 10_000, mostBatchRows: 256, mostQueuedRows: 20_000, mostBodyBytes: 1024 ** 2 },
    health: { readyWithinMs: 60_000, drainMs: 5000 },
    environment: {},
    ...more,
  };
}

/** A model that no host can load. */
export const brokenModel = new TextEncoder().encode('this is not ONNX');
export { addsTo };
