import { blobKey } from '../db/blobs/keys.js';
import { openBlobStore } from '../db/blobs/open-blob-store.js';
import { connect } from '../db/client.js';
import { createServedVersions } from '../db/served-versions.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { type Config, requireSetting } from '../temporal.config.js';
import type { RegistryStores } from './open-models.js';

/**
 * Where registry models come from: Postgres where aliases are followed, and S3; null where there is no S3, and every file
 * is in the cache. Error: `SETTING_INVALID`.
 */
export function openRegistryStores(
  { models, databaseUrl }: Config['serving'],
  blobs: Config['blobs'] | null,
): RegistryStores & { close(): Promise<void> } {
  const url = models.length === 0 ? null : requireSetting(databaseUrl, 'DATABASE_SERVING_URL');
  const database = url === null ? null : connect(url, { poolSize: 2, application: 'ratchet serving' });
  const store = blobs === null ? null : openBlobStore(blobs);
  return {
    versions: database === null ? null : createServedVersions(database),
    fetch: async (file, path) => {
      if (blobs === null || store === null) throw new RatchetError('BLOB_MISSING', 'no store is named');
      await store.fetchFile({ uri: `s3://${blobs.bucket}/${blobKey(file.sha256)}`, ...file }, path);
    },
    close: async () => {
      store?.close();
      await database?.close();
    },
  };
}
