import type { z } from 'zod';
import { monitoringSchema } from './monitoring.js';
import { valueSchema } from './value.js';

/** What a watch keeps of a ratchet.yaml. */
export const watchSchema = monitoringSchema.extend({ value: valueSchema.optional() });
export type WatchConfig = z.infer<typeof watchSchema>;
