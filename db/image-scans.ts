import { and, asc, eq, lte } from 'drizzle-orm';
import type { ImageScanRecord, ImageScanStore } from '../domain/ports/image-scans.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { unknownEndpoint } from './endpoint-rows.js';
import { imageScans } from './schema/image-scans.js';

export function createImageScanStore(database: Database): ImageScanStore {
  const { project, endpoint, imageDigest } = imageScans;
  return {
    async put({ project: of, endpoint: name, imageDigest: digest, ...scan }) {
      const scannedAt = new Date(scan.scannedAt);
      const databaseOf = scan.databaseOf === null ? null : new Date(scan.databaseOf);
      const set = { ...scan, scannedAt, databaseOf };
      const put = database.write((session) =>
        session
          .insert(imageScans)
          .values({ project: of, endpoint: name, imageDigest: digest, ...set })
          .onConflictDoUpdate({
            target: [project, endpoint, imageDigest],
            set,
            setWhere: lte(imageScans.scannedAt, scannedAt),
          }),
      );
      await explained(put, {
        image_scans_endpoint: () => unknownEndpoint({ project: of, endpoint: name }),
      });
    },
    async list(name = {}) {
      const conditions = [
        ...(name.project === undefined ? [] : [eq(project, name.project)]),
        ...(name.endpoint === undefined ? [] : [eq(endpoint, name.endpoint)]),
      ];
      const rows = await database.query((session) =>
        session
          .select()
          .from(imageScans)
          .where(and(...conditions))
          .orderBy(asc(project), asc(endpoint), asc(imageDigest)),
      );
      return rows.map(toScan);
    },
  };
}

function toScan(row: typeof imageScans.$inferSelect): ImageScanRecord {
  return {
    ...row,
    databaseOf: row.databaseOf?.toISOString() ?? null,
    scannedAt: row.scannedAt.toISOString(),
  };
}
