import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { pino } from 'pino';
import { blobKey } from '../../db/blobs/keys.js';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { createS3Client } from '../../db/blobs/s3-client.js';
import { openRegistryStores } from '../../serving/main-stores.js';
import type { RegistryStores } from '../../serving/open-models.js';
import { openServing, type Serving } from '../../serving/open-serving.js';
import { loadSection } from '../../temporal.config.js';
import { makePromotionWorld, policyOf } from '../conformance/promotion-world.js';
import { championSubject } from '../db/champion-room.js';
import { openDatabaseRoom } from '../db/database-room.js';
import { freshBucket } from '../setup/stack.js';
import { championsOfFiles } from './champions-of-files.js';

const freePorts = {
  RATCHET_SERVING_HTTP_PORT: '0',
  RATCHET_SERVING_GRPC_PORT: '0',
  RATCHET_METRICS_PORT: '0',
};

/** A registry with files in a bucket, and servers of its models in this process. */
export async function openRegistryRoom() {
  const database = await openDatabaseRoom();
  const blobs = await freshBucket();
  const store = openBlobStore(blobs);
  const folder = mkdtempSync(join(tmpdir(), 'ratchet registry '));
  const started: { serving: Serving; stores: { close(): Promise<void> } }[] = [];

  /** Keeps its files below `name`: the same name again is the same machine. */
  async function serve(
    name: string,
    settings: Readonly<Record<string, string>>,
    change: (stores: RegistryStores) => Partial<RegistryStores> = () => ({}),
  ) {
    const lines: Record<string, unknown>[] = [];
    const env = {
      ...freePorts,
      RATCHET_SERVING_POLL_MS: '50',
      RATCHET_SERVING_MODEL_MEMORY_BYTES: String(600 * 2 ** 20),
      RATCHET_SERVING_CACHE_DIR: join(folder, name, 'cache'),
      RATCHET_SERVING_MANIFEST: join(folder, name, 'manifest.json'),
      DATABASE_SERVING_URL: database.servingUrl,
      RATCHET_SHUTDOWN_GRACE_MS: '5000',
      ...settings,
    };
    const config = {
      serving: loadSection('serving', env),
      metrics: loadSection('metrics', env),
      workers: loadSection('workers', env),
    };
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const stores = openRegistryStores(config.serving, blobs);
    const serving = await openServing(config, log, { ...stores, ...change(stores) }).catch(async (error) => {
      await stores.close();
      throw error;
    });
    const running = { serving, stores };
    started.push(running);
    return {
      lines,
      manifest: env.RATCHET_SERVING_MANIFEST,
      cache: env.RATCHET_SERVING_CACHE_DIR,
      ask: (path: string, body?: unknown) => askAt(serving.at.http, path, body),
      stop: async () => {
        started.splice(started.indexOf(running), 1);
        await serving.close();
        await stores.close();
      },
    };
  }

  return {
    database,
    store,
    folder,
    serve,
    newWorld: async () => {
      const world = await makePromotionWorld(await championSubject(database), policyOf('alone'));
      return { ...world, ...championsOfFiles(world, store) };
    },
    /** Puts other bytes where an object lies. */
    corrupt: async (sha256: string, bytes: Uint8Array) => {
      const client = createS3Client(blobs);
      await client.send(new PutObjectCommand({ Bucket: blobs.bucket, Key: blobKey(sha256), Body: bytes }));
      client.destroy();
    },
    stopAll: async () => {
      for (const { serving, stores } of started.splice(0)) {
        await serving.close();
        await stores.close();
      }
    },
    close: async () => {
      store.close();
      rmSync(folder, { recursive: true });
      await database.close();
    },
  };
}

async function askAt(http: string, path: string, body?: unknown) {
  const response = await fetch(`${http}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}
