import { createGit } from '../../../activities/adapters/git/create-git.js';
import type { WatchDeps } from '../../../activities/monitoring/deps.js';
import { settleLine } from '../../../activities/triggers/settle-line.js';
import { openBlobStore } from '../../../db/blobs/open-blob-store.js';
import { connect, type Database } from '../../../db/client.js';
import { openDatabase, type Stores } from '../../../db/open-database.js';
import type { BlobStore } from '../../../domain/ports/blobs.js';
import type { Config } from '../../../temporal.config.js';

/** Where a soak of the watch runs: a migrated database, a bucket and a folder. JSON-safe. */
export interface WatchPlace {
  readonly appUrl: string;
  readonly servingUrl: string;
  readonly blobs: Config['blobs'];
  readonly folder: string;
}

/** What judges stand on there. */
export interface OpenPlace {
  readonly stores: Stores;
  readonly blobs: BlobStore;
  /** For what no store tells. */
  readonly database: Database;
  close(): Promise<void>;
}

export async function openPlace({ appUrl, blobs }: WatchPlace): Promise<OpenPlace> {
  const opened = await openDatabase({ url: appUrl, poolSize: 4, application: 'watch-soak' });
  const database = connect(appUrl, { poolSize: 1, application: 'watch-soak' });
  const store = openBlobStore(blobs);
  return {
    ...{ stores: opened.stores, blobs: store, database },
    async close() {
      store.close();
      await Promise.all([opened.close(), database.close()]);
    },
  };
}

/** The product's own, with a clock that is driven. No model is run: the reference is there. */
export function watchDeps(
  { folder }: Pick<WatchPlace, 'folder'>,
  { stores, blobs }: Pick<OpenPlace, 'stores' | 'blobs'>,
  now: () => string,
): WatchDeps {
  const limits = { allowedHosts: [], allowLocal: true, maxBytes: 1e7, maxFiles: 100, timeoutMs: 60_000 };
  return {
    ...stores,
    ...{ blobs, now, lookEveryMs: 4000, workDir: folder },
    git: createGit({ ...limits, cacheDir: `${folder}/git` }),
    takeHost: () => {
      throw new Error('no model is run');
    },
  };
}

/** Decides what waits in the line of a model. */
export async function settle(
  { stores }: Pick<OpenPlace, 'stores'>,
  project: string,
  clock: () => string,
): Promise<void> {
  const { triggers, watches, projects, outbox, modelLines: lines, trackedRefs: refs } = stores;
  const nobody = () => Promise.reject(new Error('a line without a veto tells nobody'));
  const told = { client: undefined as never, notifier: { tell: nobody } };
  await settleLine(
    { ...told, triggers, watches, projects, outbox, lines, refs, clock },
    { project, model: 'delay' },
  );
}
