import type { z } from '@hono/zod-openapi';
import type { ImageScanRecord } from '../../domain/ports/image-scans.js';
import type { endpointDetailSchema } from '../shapes/endpoints.js';

/** The newest scan of an image, of those of its endpoint; null where none was made. */
export function plainScan(
  scans: readonly ImageScanRecord[],
  digest: string | null,
): z.infer<typeof endpointDetailSchema>['imageScan'] {
  const scan = scans.find(({ imageDigest }) => imageDigest === digest);
  if (scan === undefined) return null;
  const { verdict, refused, packages, databaseOf, scannedAt } = scan;
  return { verdict, refused: [...refused], packages, databaseOf, scannedAt };
}
