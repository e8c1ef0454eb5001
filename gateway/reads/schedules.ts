import type { z } from '@hono/zod-openapi';
import type { Client } from '@temporalio/client';
import type { ScheduleConfig } from '../../domain/config/triggers.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { DeclaredSchedule, SchedulePause } from '../../domain/ports/schedules.js';
import { type GitSchedule, gitSchedules } from '../../domain/triggers/git-schedules.js';
import type { GatewayDeps } from '../deps.js';
import type { scheduleListSchema, scheduleSchema } from '../shapes/schedules.js';
import { type DescribedSchedule, describeSchedule } from './described-schedule.js';
import { slotsOfSchedule } from './slots-of-schedule.js';

/** One schedule by what Git, the database and the server say of it. */
interface Known {
  readonly inGit: boolean;
  readonly schedule: GitSchedule;
  /** Of a timetable that is in Git. */
  readonly config: ScheduleConfig | undefined;
  readonly declared: DeclaredSchedule | undefined;
  readonly pause: SchedulePause | undefined;
}

type Asked =
  | { readonly isKnown: true; readonly server: DescribedSchedule | undefined }
  | { readonly isKnown: false };

/** Descriptions that are asked for at once. */
const atOnce = 8;

/** The schedules of projects, and what of them could not be found out. Error: `PROJECT_NOT_FOUND`. */
export async function listSchedules(
  deps: GatewayDeps,
  projects: readonly string[],
): Promise<z.infer<typeof scheduleListSchema>> {
  const known = (await Promise.all(projects.map((project) => knownSchedules(deps, project)))).flat();
  const { answers, notice } = await askServer(
    deps.client,
    known.map(({ schedule }) => schedule.id),
  );
  return {
    schedules: known.map((one) => shown(one, answers.get(one.schedule.id) ?? { isKnown: false })),
    notice,
  };
}

async function knownSchedules(deps: GatewayDeps, name: string): Promise<readonly Known[]> {
  const [project, lines, declared, pauses] = await Promise.all([
    deps.projects.get(name),
    deps.modelLines.list(name),
    deps.schedules.list(name),
    deps.schedules.pauses(name),
  ]);
  const inGit = gitSchedules(project, lines);
  const ids = new Set(inGit.map(({ id }) => id));
  const gone = declared
    .filter(({ id }) => !ids.has(id))
    .map(({ declared: _, described: __, ...one }) => ({ ...one, timetable: null, timeZone: null }));
  return [...inGit, ...gone].map((schedule) => ({
    inGit: ids.has(schedule.id),
    schedule,
    config: schedule.kind === 'slot' ? configOf(lines, schedule) : undefined,
    declared: declared.find(({ id }) => id === schedule.id),
    pause: pauses.find(({ id }) => id === schedule.id),
  }));
}

function configOf(lines: readonly ModelLine[], { model, name }: GitSchedule): ScheduleConfig | undefined {
  return lines.find((line) => line.model === model)?.triggers.schedules[name ?? ''];
}

/** What is there without Temporal is worth showing; that something is not known is said. */
async function askServer(client: Client, ids: readonly string[]) {
  const answers = new Map<string, Asked>();
  try {
    for (let from = 0; from < ids.length; from += atOnce) {
      const some = ids.slice(from, from + atOnce);
      const found = await Promise.all(some.map((id) => describeSchedule(client, id)));
      for (const [at, id] of some.entries()) answers.set(id, { isKnown: true, server: found[at] });
    }
    return { answers, notice: null };
  } catch (error) {
    if (!(error instanceof RatchetError) || error.entry.kind !== 'unavailable') throw error;
    return { answers, notice: `what the server says is not known: ${error.message}` };
  }
}

function shown(known: Known, asked: Asked): z.infer<typeof scheduleSchema> {
  const { config, schedule, pause } = known;
  const server = asked.isKnown ? asked.server : undefined;
  const isPaused = server?.paused ?? pause !== undefined;
  const { next, last } = slotsOfSchedule(config, server ?? { next: [], ticks: [] });
  return {
    ...schedule,
    paused: pause ? { by: pause.by, reason: pause.reason, since: pause.since } : null,
    next: isPaused || server === undefined ? [] : [...next],
    last,
    drift: asked.isKnown ? drift(known, asked.server) : null,
  };
}

/** How the server is not as Git and people say; null where it is. */
function drift({ inGit, declared, pause }: Known, server: DescribedSchedule | undefined): string | null {
  if (server === undefined) {
    if (!inGit) return 'no longer in Git, and gone';
    return declared === undefined ? 'not on the server yet' : 'taken off the server by hand; it is put back';
  }
  if (!inGit) return 'no longer in Git; it is taken off the server';
  if (declared === undefined) return 'on the server, and not known as declared';
  if (declared.described !== server.digest) return 'changed on the server by hand; it is put back';
  if (server.paused && pause === undefined) return 'paused on the server by hand; it is put back';
  if (!server.paused && pause !== undefined) return 'not paused on the server yet';
  return null;
}
