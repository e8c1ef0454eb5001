import { blobKey } from '../db/blobs/keys.js';
import { openBlobStore } from '../db/blobs/open-blob-store.js';
import { connect } from '../db/client.js';
import { createServedVersions } from '../db/served-versions.js';
import { type Config, requireSetting } from '../temporal.config.js';
import type { RegistryStores } from './open-models.js';

/** Where registry models come from: Postgres where aliases are followed, and S3. Error: `SETTING_INVALID`. */
export function openRegistryStores(
  { models, databaseUrl }: Config['serving'],
  blobs: Config['blobs'],
): RegistryStores & { close(): Promise<void> } {
  const url = models.length === 0 ? null : requireSetting(databaseUrl, 'DATABASE_SERVING_URL');
  const database = url === null ? null : connect(url, { poolSize: 2, application: 'ratchet serving' });
  const store = openBlobStore(blobs);
  return {
    versions: database === null ? null : createServedVersions(database),
    fetch: (file, path) =>
      store.fetchFile({ uri: `s3://${blobs.bucket}/${blobKey(file.sha256)}`, ...file }, path),
    close: async () => {
      store.close();
      await database?.close();
    },
  };
}
