import type { EndpointStore } from '../../../domain/ports/endpoints.js';
import type { ImageScanStore } from '../../../domain/ports/image-scans.js';
import type { ReleaseStore } from '../../../domain/ports/releases.js';
import type { WatchStore } from '../../../domain/ports/watches.js';
import { createMemoryEndpoints } from './memory-endpoints.js';
import { createMemoryImageScans } from './memory-image-scans.js';
import { createMemoryReleases } from './memory-releases.js';
import type { MemoryState } from './memory-state.js';
import { createMemoryWatches } from './memory-watches.js';

export function createMemoryServing(state: MemoryState): {
  readonly endpoints: EndpointStore;
  readonly imageScans: ImageScanStore;
  readonly releases: ReleaseStore;
  readonly watches: WatchStore;
} {
  const endpoints = createMemoryEndpoints(state, (id) => releases.get(id));
  const releases = createMemoryReleases(state, endpoints);
  const imageScans = createMemoryImageScans(endpoints);
  return { endpoints, imageScans, releases, watches: createMemoryWatches(state, endpoints) };
}
