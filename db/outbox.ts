import { and, asc, desc, eq, inArray, lt, lte, min, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Letter, LetterAttempt, LetterFilter, Notice, Outbox } from '../domain/ports/outbox.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { orderedId } from './ordered-id.js';
import { pageLimit } from './page-limit.js';
import { unknownProject } from './project-lock.js';
import { letterAttempts, letters } from './schema/outbox.js';
import { storableJson } from './storable-json.js';
import { storableText, storableTextOrNull } from './storable-text.js';

export function createOutbox(database: Database): Outbox {
  return {
    async put(notice, targets) {
      if (targets.length === 0) return;
      const put = database.transaction((session) => putLetters(session, notice, targets));
      await explained(put, { letters_project: () => unknownProject(notice.project) });
    },
    async due(limit) {
      const rows = await database.query((session) => {
        const turn = inTurn(session);
        return session
          .select()
          .from(turn)
          .where(lte(turn.nextAt, sql`now()`))
          .orderBy(asc(turn.seq))
          .limit(limit);
      });
      return rows.map(toLetter);
    },
    async nextAt() {
      const [row] = await database.query((session) => {
        const turn = inTurn(session);
        return session.select({ at: min(turn.nextAt) }).from(turn);
      });
      return row?.at?.toISOString() ?? null;
    },
    async attempted(attempt, nextAt) {
      const written = database.transaction((session) => writeAttempt(session, attempt, nextAt));
      await explained(written, {
        letter_attempts_letter: () => unknownLetter(attempt.letter),
      });
    },
    async get(id) {
      const [row] = await database.query((session) =>
        session.select().from(letters).where(eq(letters.id, id)),
      );
      if (row) return toLetter(row);
      throw unknownLetter(id);
    },
    list: (filter) => database.query((session) => readLetters(session, filter)),
    async attempts(letter) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(letterAttempts)
          .where(eq(letterAttempts.letter, letter))
          .orderBy(asc(letterAttempts.at)),
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    async redrive(project) {
      const rows = await database.write((session) =>
        session
          .update(letters)
          .set({ status: 'pending', attempts: 0, nextAt: sql`clock_timestamp()` })
          .where(and(eq(letters.project, project), eq(letters.status, 'dead')))
          .returning({ id: letters.id }),
      );
      return rows.length;
    },
  };
}

/** Letters of one model get their numbers one transaction after the other: none appears before one that is there. */
async function putLetters(session: Session, notice: Notice, targets: readonly string[]): Promise<void> {
  const { project, model } = notice;
  const line = `letters of ${project}/${model ?? ''}`;
  await session.execute(sql`select pg_advisory_xact_lock(hashtextextended(${line}, 0))`);
  const key = storableText(notice.key);
  const rows = targets.map((target) => ({
    ...{ id: orderedId(), project, model, target, key },
    notice: sql`${storableJson(notice)}::jsonb`,
  }));
  await session.insert(letters).values(rows).onConflictDoNothing();
}

/** Of each target and model the letter whose turn it is: the oldest that is pending, also while it waits. */
function inTurn(session: ReadSession) {
  return session
    .selectDistinctOn([letters.project, letters.target, letters.model])
    .from(letters)
    .where(eq(letters.status, 'pending'))
    .orderBy(asc(letters.project), asc(letters.target), asc(letters.model), asc(letters.seq))
    .as('turn');
}

async function writeAttempt(session: Session, attempt: LetterAttempt, nextAt: string | null): Promise<void> {
  const { letter, at, ms } = attempt;
  const error = storableTextOrNull(attempt.error);
  const made = await session
    .insert(letterAttempts)
    .values({ letter, at: new Date(at), ms, error })
    .onConflictDoNothing()
    .returning({ letter: letterAttempts.letter });
  if (made.length === 0) return;
  const isDelivered = error === null;
  const isOver = isDelivered || nextAt === null;
  await session
    .update(letters)
    .set({
      attempts: sql`${letters.attempts} + 1`,
      ...(isOver ? { status: isDelivered ? 'delivered' : 'dead' } : { nextAt: new Date(nextAt) }),
      ...(isDelivered && { deliveredAt: new Date(at) }),
    })
    .where(and(eq(letters.id, letter), eq(letters.status, 'pending')));
}

async function readLetters(session: ReadSession, filter: LetterFilter): Promise<readonly Letter[]> {
  const { project, projects, status, before } = filter;
  const rows = await session
    .select()
    .from(letters)
    .where(
      and(
        project === undefined ? undefined : eq(letters.project, project),
        projects === undefined ? undefined : inArray(letters.project, [...projects]),
        status === undefined ? undefined : eq(letters.status, status),
        before === undefined ? undefined : lt(letters.seq, before),
      ),
    )
    .orderBy(desc(letters.seq))
    .limit(pageLimit(filter.limit, 'letters'));
  return rows.map(toLetter);
}

export function unknownLetter(id: string): RatchetError {
  return new RatchetError('NOT_FOUND', `there is no letter "${id}"`, { letter: id });
}

function toLetter(row: typeof letters.$inferSelect): Letter {
  const { id, seq, target, notice, status, attempts, nextAt, deliveredAt } = row;
  return {
    ...{ id, seq, target, notice, status, attempts },
    nextAt: nextAt.toISOString(),
    deliveredAt: deliveredAt?.toISOString() ?? null,
  };
}
