import { asc, eq } from 'drizzle-orm';
import type { StepLedger } from '../domain/ports/releases.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { lockOwner, type StepOwner } from './step-owner.js';
import { storableText } from './storable-text.js';

type StepFindings = Pick<StepLedger, 'putRefusals' | 'refusals' | 'putLog' | 'logs'>;

/** What steps leave for people: refusals and logs. Putting replaces what was put before. */
export function createStepFindings(database: Database, owner: StepOwner): StepFindings {
  const { refusals, logs, what } = owner;
  return {
    async putRefusals(runId, refused) {
      const rows = refused.map(({ what, rule, actual, limit }, ordinal) => ({
        runId,
        ordinal,
        what: storableText(what),
        rule: storableText(rule),
        actual: storableText(actual),
        limit: storableText(limit),
      }));
      await database.transaction(async (session) => {
        await lockOwner(session, owner, runId);
        await session.delete(refusals).where(eq(refusals.runId, runId));
        if (rows.length > 0) await session.insert(refusals).values(rows);
      });
    },
    refusals: (runId) =>
      database.query((session) =>
        session
          .select({
            what: refusals.what,
            rule: refusals.rule,
            actual: refusals.actual,
            limit: refusals.limit,
          })
          .from(refusals)
          .where(eq(refusals.runId, runId))
          .orderBy(asc(refusals.ordinal)),
      ),
    async putLog(runId, step, { uri, sha256, bytes }) {
      const log = { uri, sha256, bytes };
      const work = database.write((session) =>
        session
          .insert(logs)
          .values({ runId, step, log })
          .onConflictDoUpdate({ target: [logs.runId, logs.step], set: { log } }),
      );
      await explained(work, { [`${what}_logs_${what}`]: () => owner.unknown(runId) });
    },
    async logs(runId) {
      const rows = await database.query((session) =>
        session.select().from(logs).where(eq(logs.runId, runId)).orderBy(asc(logs.step)),
      );
      return rows.map(({ step, log }) => ({ step, ...log }));
    },
  };
}
