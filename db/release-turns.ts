import { and, eq, inArray } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Session } from './client.js';
import { lockEndpoint } from './endpoint-rows.js';
import { openStatuses } from './open-statuses.js';
import { readRelease, setReleaseStatus } from './release-records.js';
import { releases } from './schema/releases.js';

/** Under the lock of the endpoint, so that two who ask at once are asked one after the other. */
export async function takeTurn(session: Session, id: string): Promise<string | null> {
  const { project, endpoint } = await readRelease(session, id);
  await lockEndpoint(session, { project, endpoint });
  const open = await session
    .select({ id: releases.id, inTurn: releases.inTurn, ordinal: releases.ordinal })
    .from(releases)
    .where(
      and(
        eq(releases.project, project),
        eq(releases.endpoint, endpoint),
        inArray(releases.status, [...openStatuses]),
      ),
    );
  const own = open.find((one) => one.id === id);
  if (own === undefined) throw await over(session, id);
  if (own.inTurn) return null;
  for (const older of open.filter((one) => !one.inTurn && one.ordinal < own.ordinal)) {
    await setReleaseStatus(session, older.id, {
      status: 'cancelled',
      reason: `release ${id} took its place`,
    });
  }
  const holder = open.find((one) => one.inTurn);
  if (holder) return holder.id;
  await session.update(releases).set({ inTurn: true }).where(eq(releases.id, id));
  return null;
}

async function over(session: Session, id: string): Promise<RatchetError> {
  const { status, reason } = await readRelease(session, id);
  const message = `release "${id}" is ${status}${reason === null ? '' : `: ${reason}`}`;
  return new RatchetError('CONFLICT', message, { releaseId: id, status });
}
