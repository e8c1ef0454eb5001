import { z } from 'zod';
import type { OsvEntry } from '../../domain/supply/osv/osv-entry.js';

const severities = z
  .array(z.object({ type: z.string(), score: z.string() }))
  .nullish()
  .transform(withoutNull);
const rating = z
  .object({
    severity: z.string().optional().catch(undefined),
    urgency: z.string().optional().catch(undefined),
  })
  .nullish()
  .transform(withoutNull);

const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

/** An advisory in the OSV format; fields that are not looked at are dropped. */
export const osvEntryShape: z.ZodType<OsvEntry> = z.object({
  id: z.string().min(1).max(200),
  modified: z.iso.datetime({ offset: true }),
  withdrawn: z.string().nullish().transform(withoutNull),
  aliases: z.array(z.string()).nullish().transform(withoutNull),
  summary: z.string().nullish().transform(withoutNull),
  severity: severities,
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).nullish().transform(withoutNull),
        severity: severities,
        ranges: z
          .array(z.object({ type: z.string(), events: z.array(event) }))
          .nullish()
          .transform(withoutNull),
        versions: z.array(z.string()).nullish().transform(withoutNull),
        ecosystem_specific: rating,
        database_specific: rating,
      }),
    )
    .nullish()
    .transform(withoutNull),
  database_specific: rating,
});

function withoutNull<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}
