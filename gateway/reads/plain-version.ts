import type { z } from '@hono/zod-openapi';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { modelVersionSchema } from '../shapes/models.js';

export function plainVersion(record: ModelVersionRecord): z.infer<typeof modelVersionSchema> {
  const { card: _, interface: __, evaluationId: ___, file, features, metrics, ...version } = record;
  return {
    ...version,
    features: features.map((view) => ({ ...view })),
    metrics: { ...metrics },
    digest: file.sha256,
    bytes: file.bytes,
  };
}
