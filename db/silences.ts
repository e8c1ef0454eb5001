import { and, asc, eq, gt } from 'drizzle-orm';
import type { Silence, WatchStore } from '../domain/ports/watches.js';
import { actingAs } from './acting.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { unknownEndpoint } from './endpoint-rows.js';
import { onlyRow } from './only-row.js';
import { orderedId } from './ordered-id.js';
import { silences } from './schema/watches.js';
import { storableText } from './storable-text.js';

export function createSilences(database: Database): Pick<WatchStore, 'silence' | 'silences'> {
  return {
    async silence({ until, reason, ...silence }) {
      const row = { ...silence, id: orderedId(), reason: storableText(reason), until: new Date(until) };
      const put = actingAs(silence.owner, () =>
        database.write((session) => session.insert(silences).values(row).returning()),
      );
      const rows = await explained(put, { silences_watch: () => unknownEndpoint(silence) });
      return toSilence(onlyRow(rows));
    },
    async silences({ project, endpoint }, now) {
      const inForce = [
        eq(silences.project, project),
        eq(silences.endpoint, endpoint),
        gt(silences.until, new Date(now)),
      ];
      const rows = await database.query((session) =>
        session
          .select()
          .from(silences)
          .where(and(...inForce))
          .orderBy(asc(silences.createdAt), asc(silences.id)),
      );
      return rows.map(toSilence);
    },
  };
}

function toSilence({ createdAt: _, until, ...row }: typeof silences.$inferSelect): Silence {
  return { ...row, until: until.toISOString() };
}
