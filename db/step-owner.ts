import { eq } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { RatchetError } from '../domain/errors/ratchet-error.js';
import { type RunStatus, runStatuses } from '../domain/names.js';
import type { ReadSession, Session } from './client.js';
import type { stepTables } from './schema/step-tables.js';

/** What has steps: its table, and those that hold what they tell. */
export interface StepOwner extends ReturnType<typeof stepTables> {
  readonly what: 'run' | 'release';
  readonly table: PgTable;
  readonly id: PgColumn;
  readonly status: PgColumn;
  unknown(id: string): RatchetError;
}

export async function statusOfOwner(
  session: ReadSession,
  owner: StepOwner,
  id: string,
): Promise<RunStatus | undefined> {
  const [row] = await session.select({ status: owner.status }).from(owner.table).where(eq(owner.id, id));
  return runStatuses.find((status) => status === row?.status);
}

/** Two who replace what is kept of it do it one after the other. */
export async function lockOwner(session: Session, owner: StepOwner, id: string): Promise<void> {
  const [row] = await session
    .select({ id: owner.id })
    .from(owner.table)
    .where(eq(owner.id, id))
    .for('no key update');
  if (!row) throw owner.unknown(id);
}
