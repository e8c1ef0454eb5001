import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { createEnvironments } from '../activities/adapters/environments/create-environments.js';
import { findInterpreter } from '../activities/adapters/environments/python-interpreter.js';
import { createGit } from '../activities/adapters/git/create-git.js';
import { createLauncher } from '../activities/adapters/launcher/create-launcher.js';
import { createSources } from '../activities/adapters/sources/create-sources.js';
import { RememberingBlobStore } from '../db/blobs/remembering-blob-store.js';
import { type OpenDatabase, openDatabase, type Stores } from '../db/open-database.js';
import type { BlobStore } from '../domain/ports/blobs.js';
import type { Environments } from '../domain/ports/environments.js';
import type { Git } from '../domain/ports/git.js';
import { isolationTiers, type Launcher } from '../domain/ports/launcher.js';
import type { Secrets } from '../domain/ports/secrets.js';
import type { Sources } from '../domain/ports/sources.js';
import { createFileSecrets } from '../machine/file-secrets.js';
import type { Config } from '../temporal.config.js';
import { promotionGate } from './promotion-gate.js';

/** Everything that activities stand on, opened once a process. */
export interface WorkerDeps extends Stores {
  readonly blobs: BlobStore;
  readonly client: Client;
  readonly environments: Environments;
  readonly git: Git;
  readonly launcher: Launcher;
  readonly secrets: Secrets;
  readonly sources: Sources;
  /** How busy the pool of database connections is. */
  readonly load: OpenDatabase['load'];
  /** This worker's own, gone when it has ended. */
  readonly workDir: string;
  close(): Promise<void>;
}

export async function openWorkerDeps(
  config: Config,
  client: Client,
  { application, workDir }: { readonly application: string; readonly workDir: string },
): Promise<WorkerDeps> {
  const { dir, secretsDir } = config.state;
  const database = await openDatabase({ ...config.database, application, gate: promotionGate() });
  const secrets = createFileSecrets(secretsDir);
  const tiers = isolationTiers.slice(isolationTiers.indexOf(config.workers.isolation));
  return {
    ...database.stores,
    blobs: new RememberingBlobStore(config.blobs),
    client,
    environments: createEnvironments({ stateDir: dir }),
    git: createGit({ ...config.git, cacheDir: join(dir, 'git') }),
    launcher: createLauncher({ stateDir: dir, python: (await findInterpreter()).path, tiers }),
    secrets,
    sources: createSources({ secrets, defaultS3: config.blobs }),
    load: () => database.load(),
    workDir,
    close: () => database.close(),
  };
}
