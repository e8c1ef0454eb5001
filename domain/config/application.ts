import { z } from 'zod';
import { apiTypes } from '../contract/application-api.js';
import {
  type ApplicationDescription,
  metricKinds,
  mostSeries,
  seriesOf,
} from '../contract/application-description.js';
import { rowMisfit } from '../contract/row-fit.js';
import { RatchetError } from '../errors/ratchet-error.js';

const fieldName = z
  .string()
  .regex(
    /^(?!__)[A-Za-z][A-Za-z0-9_]{0,62}$/,
    'a name of letters, digits and underscores that begins with a letter',
  );

const field = z.strictObject({
  type: z.enum(apiTypes),
  required: z.boolean().default(true),
  nullable: z.boolean().default(false),
  allowed: z
    .array(z.union([z.string().max(200), z.number(), z.boolean()]))
    .min(1)
    .max(200)
    .nullable()
    .default(null),
  shape: z.array(z.int().min(-1)).max(4).default([]),
});

const fields = z
  .record(fieldName, field)
  .refine((of) => Object.keys(of).length >= 1 && Object.keys(of).length <= 500, '1 to 500 fields');

const metric = z
  .strictObject({
    kind: z.enum(metricKinds),
    help: z.string().min(1).max(200),
    labels: z
      .record(
        z
          .string()
          .regex(/^(?!__)[a-z_][a-z0-9_]{0,62}$/, 'a name of lower case letters, digits and underscores'),
        z.array(z.string().min(1).max(100)).min(1).max(100),
      )
      .default({}),
    buckets: z.array(z.number()).max(50).default([]),
  })
  .refine(
    ({ kind, buckets }) => (kind === 'histogram') === buckets.length > 0,
    'buckets for a histogram, and for no other kind',
  )
  .refine(({ buckets }) => buckets.every((b, i) => i === 0 || b > (buckets[i - 1] ?? b)), 'buckets that rise')
  .refine(({ labels }) => !Object.hasOwn(labels, 'le'), 'labels other than le');

const description = z.strictObject({
  api: z.strictObject({
    version: z.string().regex(/^[1-9]\d{0,5}\.\d{1,6}$/, 'a version such as 1.0, from 1 on'),
    input: fields,
    output: fields,
  }),
  metrics: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'a name of lower case letters, digits and underscores'),
      metric,
    )
    .refine(
      (of) => Object.values(of).reduce((sum, one) => sum + seriesOf(one), 0) <= mostSeries,
      `metrics of at most ${mostSeries} series together`,
    )
    .default({}),
  examples: z.array(z.record(z.string(), z.unknown())).min(1).max(100),
  samples: z.boolean().default(false),
});

/** What an application says of itself, with its defaults. Error: `APPLICATION_INVALID`, naming the place. */
export function parseApplicationDescription(said: unknown): ApplicationDescription {
  const parsed = description.safeParse(said);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = ['application', ...(issue?.path ?? [])].join('.');
    throw invalid(`${place} is not what is asked for: ${issue?.message ?? 'unknown'}`);
  }
  const { examples, api } = parsed.data;
  for (const [i, example] of examples.entries()) {
    const why = rowMisfit(api.input, example);
    if (why !== null) throw invalid(`application.examples.${i} does not fit its own api.input: ${why}`);
  }
  return parsed.data;
}

const invalid = (message: string) => new RatchetError('APPLICATION_INVALID', message);
