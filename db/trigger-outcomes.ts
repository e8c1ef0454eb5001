import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { StartedRun, TriggerStore } from '../domain/ports/trigger-events.js';
import { causesOfRun } from '../domain/triggers/causes-of-run.js';
import { actingAs } from './acting.js';
import type { Database, ReadSession, Session } from './client.js';
import { lockLine } from './line-lock.js';
import { readHold } from './model-holds.js';
import { onlyRow } from './only-row.js';
import { insertRun } from './run-records.js';
import { vetoes } from './schema/stops.js';
import { triggerEvents } from './schema/triggers.js';
import { storableJson } from './storable-json.js';
import { storableText } from './storable-text.js';
import { outcomeColumns } from './trigger-events.js';
import { ofLine } from './trigger-lines.js';

type Line = Parameters<TriggerStore['settle']>[0];
type Decided = Parameters<TriggerStore['settle']>[1];

/** What becomes of events. Their times of being announced and settled are set by a trigger. */
export function createTriggerOutcomes(database: Database): Pick<TriggerStore, 'settle' | 'veto'> {
  return {
    settle: (line, decided) => database.transaction((session) => settle(session, line, decided)),
    veto: (line, by, reason) =>
      actingAs(by, () => database.transaction((session) => veto(session, line, by, storableText(reason)))),
  };
}

async function settle(session: Session, line: Line, decided: Decided): Promise<boolean> {
  const { outcomes, proposed, run } = decided;
  await lockLine(session, line);
  const causes = run?.causes.map(({ id }) => id) ?? [];
  const pending = await lockEvents(session, line, [...causes, ...outcomes.map(({ id }) => id), ...proposed]);
  if (run !== null) {
    if (!causes.every((id) => pending.has(id))) return isStarted(session, line, run);
    if (run.automatic && (await readHold(session, line)) !== null) return false;
    await start(session, line, run);
  }
  const settled = outcomes.filter(({ id }) => pending.has(id));
  await writeOutcomes(session, settled);
  await session
    .update(triggerEvents)
    .set({ proposedAt: sql`now()` })
    .where(and(isOneOf(proposed.filter((id) => pending.has(id))), isNull(triggerEvents.outcome)));
  return true;
}

/**
 * Those of the events that are pending; so they stay until the transaction ends. Locked in the order of their keys, as
 * whoever records them again does.
 */
async function lockEvents(
  session: Session,
  line: Line,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await session
    .select({ id: triggerEvents.id, outcome: triggerEvents.outcome })
    .from(triggerEvents)
    .where(and(ofLine(line), isOneOf(ids)))
    .orderBy(sql`${triggerEvents.key} collate "C"`)
    .for('no key update');
  return new Set(rows.flatMap(({ id, outcome }) => (outcome === null ? [id] : [])));
}

/** Whether the run has begun before, from all of these causes. */
async function isStarted(session: ReadSession, line: Line, { id, causes }: StartedRun): Promise<boolean> {
  const rows = await session
    .select({ id: triggerEvents.id })
    .from(triggerEvents)
    .where(and(ofLine(line), eq(triggerEvents.runId, id)));
  const known = new Set(rows.map((row) => row.id));
  return causes.every((cause) => known.has(cause.id));
}

async function start(session: Session, { project, model }: Line, run: StartedRun): Promise<void> {
  const { id, ref, variant, automatic, clockAt } = run;
  const causes = causesOfRun(run.causes);
  if (await insertRun(session, { id, project, model, ref, variant, automatic, causes, clockAt })) return;
  throw new RatchetError('CONFLICT', `run "${id}" is there already, and these events have not started it`, {
    runId: id,
  });
}

/** In one statement, of one parameter: a statement takes 65,534 of them. */
async function writeOutcomes(session: Session, settled: Decided['outcomes']): Promise<void> {
  const rows = settled.map(({ id, outcome }) => ({ id, ...outcomeColumns(outcome) }));
  await session.execute(sql`
    update trigger_events set
      outcome = settled.outcome, run_id = settled."runId", rule = settled.rule, reason = settled.reason
    from jsonb_to_recordset(${storableJson(rows)}::jsonb)
      as settled (id text, outcome text, "runId" text, rule text, reason text)
    where trigger_events.id = settled.id`);
}

async function veto(session: Session, line: Line, by: string, reason: string): Promise<number> {
  await lockLine(session, line);
  const announced = await session
    .select({ id: triggerEvents.id })
    .from(triggerEvents)
    .where(and(ofLine(line), isNull(triggerEvents.outcome), isNotNull(triggerEvents.proposedAt)))
    .orderBy(sql`${triggerEvents.key} collate "C"`)
    .for('no key update');
  if (announced.length === 0) return 0;
  const row = { ...line, by, reason, events: announced.length };
  const { id } = onlyRow(await session.insert(vetoes).values(row).returning({ id: vetoes.id }));
  await session
    .update(triggerEvents)
    .set({ outcome: 'suppressed', rule: 'veto', reason: `${by}: ${reason}`, veto: id })
    .where(isOneOf(announced.map((event) => event.id)));
  return announced.length;
}

function isOneOf(ids: readonly string[]) {
  return sql`${triggerEvents.id} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
}
