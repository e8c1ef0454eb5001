import type { SourceConfig } from '../../domain/config/project.js';
import type { NewDataConfig } from '../../domain/config/triggers.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { durationSeconds } from '../../domain/features/duration.js';
import type { Sources } from '../../domain/ports/sources.js';
import type { Watermark } from '../../domain/ports/watermarks.js';
import type { NewDataFacts } from '../../domain/triggers/trigger-event.js';
import { objectSpec, sqlSpec } from '../data/source-specs.js';

export type FoundData = Pick<NewDataFacts, 'from' | 'to' | 'rows' | 'late' | 'inLateness'>;

type SourceOf<K extends SourceConfig['kind']> = Extract<SourceConfig, { kind: K }>;

/**
 * Rows behind the watermark, and late ones: those inside of the declared lateness before it that were not there when it
 * was confirmed. Null where there are none of both. Errors: `SOURCE_*`.
 */
export async function findNewRows(
  sources: Sources,
  source: SourceOf<'postgres'>,
  { query, lateness }: NewDataConfig,
  watermark: Watermark | undefined,
): Promise<FoundData | null> {
  if (query === undefined)
    throw new RatchetError('CONFIG_INVALID', 'a database is asked by "query", which is not there');
  const sql = sources.sql(sqlSpec(source));
  const from = watermark?.value ?? null;
  const fresh = await sql.newRows(query, { from, to: null });
  const to = fresh.watermark ?? from;
  if (to === null) return null;
  const within = async (end: string) =>
    lateness === undefined ? 0 : (await sql.newRows(query, { from: before(end, lateness), to: end })).rows;
  const late = from === null ? 0 : Math.max(0, (await within(from)) - (watermark?.inLateness ?? 0));
  if (fresh.rows + late === 0) return null;
  return { from, to, rows: fresh.rows, late, inLateness: await within(to) };
}

/** Objects whose keys come after the newest that was taken in: keys with a date or a number that rises. */
export async function findNewObjects(
  sources: Sources,
  source: SourceOf<'s3'>,
  { prefix }: NewDataConfig,
  watermark: Watermark | undefined,
): Promise<FoundData | null> {
  if (prefix === undefined)
    throw new RatchetError('CONFIG_INVALID', 'a bucket is asked by "prefix", which is not there');
  const from = watermark?.value ?? null;
  const objects = await sources
    .objects(objectSpec(source))
    .list(prefix.endsWith('/') ? prefix : `${prefix}/`);
  const fresh = objects.map(({ key }) => key).filter((key) => from === null || key > from);
  const to = fresh.at(-1);
  return to === undefined ? null : { from, to, rows: fresh.length, late: 0, inLateness: 0 };
}

/** Error: `SOURCE_REFUSED` for a watermark that is no time. */
function before(watermark: string, lateness: string): string {
  const atMs = Date.parse(watermark);
  if (!Number.isNaN(atMs)) return new Date(atMs - durationSeconds(lateness) * 1000).toISOString();
  throw new RatchetError(
    'SOURCE_REFUSED',
    `the watermark is "${watermark.slice(0, 100)}"; with "lateness" allowed is a time, such as 2013-03-15 10:00:00+00`,
  );
}
