import { z } from 'zod';
import type { ObservedEndpoint } from '../../../domain/ports/deployment-target.js';

export const observedShape = z.object({
  project: z.string(),
  endpoint: z.string(),
  revision: z.string().nullable(),
  ordinal: z.number().nullable(),
  at: z.object({ http: z.string(), grpc: z.string(), metrics: z.string() }).nullable(),
  replicas: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['starting', 'ready', 'draining', 'restarting', 'failed']),
      restarts: z.number(),
      reason: z.string().nullable(),
    }),
  ),
}) satisfies z.ZodType<ObservedEndpoint>;
export const observedListShape = z.array(observedShape);
export const removedShape = z.object({ removed: z.literal(true) });
export const linesShape = z.array(z.string());
