import type { EndpointStore } from '../../../domain/ports/endpoints.js';
import type { ImageScanRecord, ImageScanStore } from '../../../domain/ports/image-scans.js';

export function createMemoryImageScans({ get }: Pick<EndpointStore, 'get'>): ImageScanStore {
  const rows = new Map<string, ImageScanRecord>();
  const keyOf = ({ project, endpoint, imageDigest }: ImageScanRecord) =>
    `${project} ${endpoint} ${imageDigest}`;
  return {
    async put(scan) {
      await get(scan);
      const known = rows.get(keyOf(scan));
      if (known && known.scannedAt > scan.scannedAt) return;
      rows.set(keyOf(scan), scan);
    },
    list: async ({ project, endpoint } = {}) =>
      [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => row)
        .filter(
          (row) => (project ?? row.project) === row.project && (endpoint ?? row.endpoint) === row.endpoint,
        ),
  };
}
