import { blobStoreConformance } from '../conformance/blob-store.js';
import { createMemoryBlobStore } from './memory-blob-store.js';

blobStoreConformance('the store in memory', async () => {
  const store = createMemoryBlobStore('memory');
  const keyOf = (uri: string) => uri.replace('s3://memory/', '');
  return {
    store,
    damage: async (ref, bytes) => {
      store.objects.set(keyOf(ref.uri), { bytes, sha256: ref.sha256 });
    },
    remove: async (ref) => {
      store.objects.delete(keyOf(ref.uri));
    },
  };
});
