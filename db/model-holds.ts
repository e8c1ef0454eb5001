import { and, asc, eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Hold, TriggerStore } from '../domain/ports/trigger-events.js';
import { actingAs } from './acting.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { lockLine } from './line-lock.js';
import { onlyRow } from './only-row.js';
import { unknownProject } from './project-lock.js';
import { modelHolds } from './schema/stops.js';
import { storableText } from './storable-text.js';

type Line = Parameters<TriggerStore['release']>[0];

export function createModelHolds(database: Database): Pick<TriggerStore, 'hold' | 'release' | 'holds'> {
  return {
    async hold(hold) {
      const held = actingAs(hold.by, () => database.transaction((session) => putHold(session, hold)));
      return await explained(held, { model_holds_project: () => unknownProject(hold.project) });
    },
    release: (line, by) => actingAs(by, () => database.write((session) => release(session, line))),
    async holds(project) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(modelHolds)
          .where(eq(modelHolds.project, project))
          .orderBy(asc(modelHolds.model)),
      );
      return rows.map(toHold);
    },
  };
}

/** Under the lock of the line: what was being decided about it is written before, or finds the hold. */
async function putHold(
  session: Session,
  { project, model, by, ...hold }: Omit<Hold, 'since'>,
): Promise<Hold> {
  await lockLine(session, { project, model });
  const reason = storableText(hold.reason);
  const rows = await session
    .insert(modelHolds)
    .values({ project, model, by, reason })
    .onConflictDoUpdate({ target: [modelHolds.project, modelHolds.model], set: { by, reason } })
    .returning();
  return toHold(onlyRow(rows));
}

async function release(session: Session, { project, model }: Line): Promise<Hold> {
  const [row] = await session
    .delete(modelHolds)
    .where(and(eq(modelHolds.project, project), eq(modelHolds.model, model)))
    .returning();
  if (row) return toHold(row);
  throw new RatchetError('CONFLICT', `model ${project}/${model} is not held`, { project, model });
}

export async function readHold(session: ReadSession, { project, model }: Line): Promise<Hold | null> {
  const [row] = await session
    .select()
    .from(modelHolds)
    .where(and(eq(modelHolds.project, project), eq(modelHolds.model, model)));
  return row ? toHold(row) : null;
}

function toHold(row: typeof modelHolds.$inferSelect): Hold {
  return { ...row, since: row.since.toISOString() };
}
