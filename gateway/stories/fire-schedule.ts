import type { z } from '@hono/zod-openapi';
import { isGrpcServiceError, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { msNumberToTs } from '@temporalio/common/lib/time.js';
import type { ScheduleConfig } from '../../domain/config/triggers.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { NewTriggerEvent } from '../../domain/ports/trigger-events.js';
import { parseCron } from '../../domain/triggers/cron.js';
import { missingInstant, missingSlots, slotKey } from '../../domain/triggers/slots.js';
import type { GatewayDeps } from '../deps.js';
import { instantOf } from '../reads/proto-time.js';
import type { backfillSchema, firedScheduleSchema } from '../shapes/schedules.js';
import { requireSchedule, type ScheduleName, scheduleId } from './change-schedule.js';
import { withDeadline } from './with-deadline.js';

type Deps = Pick<GatewayDeps, 'audit' | 'client' | 'modelLines' | 'projects' | 'triggers'>;
type Fired = z.infer<typeof firedScheduleSchema>;

const deadlineMs = 10_000;
/** The server lists no more, and each is a workflow. */
const mostSlots = 1000;

/**
 * A slot that is now, also of a schedule that is paused. Errors: as of `requireSchedule`, `CONFLICT` where the server
 * does not have it yet, `PART_UNAVAILABLE`.
 */
export async function runScheduleNow(deps: Deps, at: ScheduleName): Promise<string> {
  await requireSchedule(deps, at);
  const id = scheduleId(at);
  await tell(deps, at, 'schedule.run-now', {});
  await ask(deps, at, () => deps.client.schedule.getHandle(id).trigger(ScheduleOverlapPolicy.ALLOW_ALL));
  return id;
}

/**
 * The slots between two instants, both included, as if they were now. What fires is the local time of a slot: one that
 * fired before is counted and changes nothing. Errors: as of `runScheduleNow`, `REQUEST_INVALID`.
 */
export async function backfillSchedule(
  deps: Deps,
  at: ScheduleName,
  given: z.infer<typeof backfillSchema>,
): Promise<Fired> {
  const declared = await requireSchedule(deps, at);
  const range = { from: new Date(given.from), to: new Date(given.to) };
  refuseRange(range);
  const slots = await slotsOf(deps, at, range);
  const missing = missingOf(declared, range);
  await tell(deps, at, 'schedule.backfilled', { ...given, slots: slots.length });
  await recordMissing(deps, at, declared, missing);
  // All at once: to skip would lose slots, to buffer would lose those beyond the buffer, and what becomes of their events
  // is decided one after the other anyhow.
  const wanted = { start: justBefore(range.from), end: range.to, overlap: ScheduleOverlapPolicy.ALLOW_ALL };
  if (slots.length > 0)
    await ask(deps, at, () => deps.client.schedule.getHandle(scheduleId(at)).backfill(wanted));
  return { id: scheduleId(at), slots: [...slots], missing: [...missing] };
}

interface Range {
  readonly from: Date;
  readonly to: Date;
}

function refuseRange({ from, to }: Range): void {
  const text = `from ${from.toISOString()} to ${to.toISOString()}`;
  if (from > to) throw new RatchetError('REQUEST_INVALID', `"from" is after "to": ${text}`);
  // Its slot would count as fired before it is there.
  if (to.getTime() > Date.now())
    throw new RatchetError('REQUEST_INVALID', `"to" is to come: ${text}; slots to come fire by themselves`);
}

/** Some calls of the server leave out the instant that a range begins with. */
const justBefore = (instant: Date) => new Date(instant.getTime() - 1);

/** Instants of slots by the server's own reckoning. Error: `REQUEST_INVALID` for too many. */
async function slotsOf(deps: Deps, at: ScheduleName, { from, to }: Range): Promise<readonly string[]> {
  const { client } = deps;
  const { startTime } = await ask(deps, at, () =>
    client.workflowService.listScheduleMatchingTimes({
      ...{ namespace: client.options.namespace, scheduleId: scheduleId(at) },
      ...{ startTime: msNumberToTs(justBefore(from).getTime()), endTime: msNumberToTs(to.getTime()) },
    }),
  );
  const slots = (startTime ?? []).flatMap((time) => instantOf(time) ?? []);
  if (slots.length < mostSlots) return slots;
  throw new RatchetError(
    'REQUEST_INVALID',
    `there are ${mostSlots} slots or more between ${from.toISOString()} and ${to.toISOString()}; ask for them in pieces`,
  );
}

function missingOf({ cron, timeZone }: ScheduleConfig, { from, to }: Range): readonly string[] {
  const parsed = cron === undefined ? undefined : parseCron(cron);
  if (parsed?.kind !== 'parsed') return [];
  return missingSlots(parsed.cron, timeZone, justBefore(from).toISOString(), to.toISOString());
}

/** A local time that no clock showed is an event too, which starts nothing. */
async function recordMissing(
  { triggers }: Deps,
  { project, model, name }: ScheduleName,
  declared: ScheduleConfig,
  missing: readonly string[],
): Promise<void> {
  const { timeZone, variant = null } = declared;
  await triggers.record(
    missing.map(
      (slot): NewTriggerEvent => ({
        ...{ project, model, kind: 'schedule', key: slotKey(name, slot), by: null },
        at: missingInstant(slot, timeZone),
        facts: { kind: 'schedule', schedule: name, slot, timeZone, variant },
        outcome: {
          kind: 'suppressed',
          rule: 'no-such-time',
          reason: `no clock in ${timeZone} showed ${slot}`,
        },
      }),
    ),
  );
}

/** Who made it fire stands in no row: the events of slots have nobody behind them. */
async function tell({ audit }: Deps, at: ScheduleName, action: string, details: object): Promise<void> {
  await audit.append({ action, project: at.project, subject: scheduleId(at), details });
}

async function ask<T>({ client }: Deps, at: ScheduleName, call: () => Promise<T>): Promise<T> {
  try {
    return await withDeadline(client, deadlineMs, call);
  } catch (error) {
    if (!isNotThere(error)) throw error;
    const { project, model, name } = at;
    throw new RatchetError(
      'CONFLICT',
      `the server does not have the schedule "${name}" of ${project}/${model} yet; the next look at the repository makes it`,
    );
  }
}

const grpcNotFound = 5;

function isNotThere(error: unknown): boolean {
  return error instanceof ScheduleNotFoundError || (isGrpcServiceError(error) && error.code === grpcNotFound);
}
