import { sql } from 'drizzle-orm';
import type { Session } from './client.js';

/**
 * Holds what starts the runs of a model until the transaction ends: whoever decides about it, stops it or holds it waits
 * for the others. Who records events or reads them does not wait.
 */
export async function lockLine(
  session: Session,
  { project, model }: { readonly project: string; readonly model: string },
): Promise<void> {
  const name = `line of ${project}/${model}`;
  await session.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
