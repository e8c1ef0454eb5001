import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type ApiClient, openClient } from '../../../cli/open-client.js';
import { openBlobStore } from '../../../db/blobs/open-blob-store.js';
import { openDatabase, type Stores } from '../../../db/open-database.js';
import type { BlobStore } from '../../../domain/ports/blobs.js';
import { type RunningStack, startStack } from '../../../stack/start-stack.js';
import { loadConfig } from '../../../temporal.config.js';
import { withoutSettings } from '../../../test/setup/settings-free.js';
import { type ProcessWatch, watchProcesses } from './process-watch.js';

/** A whole stack of its own with every part a process, and what is looked at it with, past its gateway. */
export interface ChaosStack {
  /** What the seeds make: repositories, files that were looked at. */
  readonly workDir: string;
  readonly stack: RunningStack;
  readonly api: ApiClient;
  readonly stores: Stores;
  readonly blobs: BlobStore;
  readonly temporal: Client;
  readonly watch: ProcessWatch;
  close(): Promise<void>;
}

/** Starts it in an empty state folder below `folder`; `settings` are variables of its processes. */
export async function openChaosStack(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ChaosStack> {
  const workDir = join(folder, 'work');
  await rm(workDir, { recursive: true, force: true });
  await mkdir(workDir, { recursive: true });
  const env = { ...withoutSettings(process.env), ...settings };
  const stateDir = join(folder, 'state');
  const stack = await startStack({
    stateDir,
    processes: true,
    ui: false,
    fresh: true,
    env,
    log: () => undefined,
  });
  const config = loadConfig(stack.env);
  const database = await openDatabase({ url: stack.database.app, poolSize: 2, application: 'chaos' });
  const connection = await Connection.connect({ address: config.temporal.address });
  const blobs = openBlobStore(config.blobs);
  const roots = () => Object.values(stack.parts()).flatMap((part) => part.process?.pid ?? []);
  const watch = watchProcesses(roots);
  return {
    workDir,
    stack,
    api: await openClient({ stateDir, url: stack.urls['gateway'] ?? '' }),
    stores: database.stores,
    blobs,
    temporal: new Client({ connection, namespace: config.temporal.namespace }),
    watch,
    async close() {
      watch.stop();
      blobs.close();
      await Promise.all([database.close(), connection.close()]);
      await stack.stop();
    },
  };
}
