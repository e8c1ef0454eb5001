import { join } from 'node:path';
import { connect } from '../../../db/client.js';
import { createPredictionSink } from '../../../db/predictions.js';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { PredictionSink, ServedModel } from '../../../domain/ports/predictions.js';
import { automaticRuns } from './automatic-runs.js';
import { type Judges, startJudges } from './judges.js';
import { type OpenPlace, openPlace, type WatchPlace } from './place.js';
import { type PlannedKill, planOf, type WatchPlan } from './plan.js';
import { dayAt, dayMs, type PlannedRow, rowsOf } from './planned-days.js';
import { feedbackRow, predictionRow } from './recorded-rows.js';
import { violationsOf } from './violations.js';
import { makeWatched } from './watched-endpoint.js';

/** A place to soak in; where Postgres may be killed, what does it resolves once it is back. */
export interface WatchRoom extends WatchPlace {
  readonly strikePostgres?: () => Promise<void>;
}

/** What came of one seed. */
export interface PlayedWatch {
  readonly plan: WatchPlan;
  readonly seconds: number;
  /** Looks that died, in words. */
  readonly deaths: readonly string[];
  readonly violations: readonly string[];
}

/** So long after the last day all that is due has been judged, and the cool-down is over. */
const daysAfter = 45;
/** Of every look: in the night after a day, when some hours of the next one are there. */
const lookMs = 5 * 3_600_000;
const mostTries = 6;
const runDays = 2;
const atOnce = 5000;

interface Played {
  readonly room: WatchRoom;
  readonly place: OpenPlace;
  readonly sink: PredictionSink;
  readonly judges: Judges;
  readonly plan: WatchPlan;
  readonly name: EndpointName;
  readonly deaths: string[];
}

/** Plays days of traffic under a watch whose processes are killed, and says which promises do not hold. */
export async function playWatch(seed: number, days: number, room: WatchRoom): Promise<PlayedWatch> {
  const since = performance.now();
  const plan = planOf(seed, days);
  const rows = rowsOf(plan);
  const place = await openPlace(room);
  const judges = startJudges();
  const sink = createPredictionSink(connect(room.servingUrl, { poolSize: 1, application: 'watch-soak' }));
  const deaths: string[] = [];
  try {
    const { name, served } = await makeWatched(place, `watch-${seed}`, join(room.folder, 'repositories'));
    const played: Played = { room, place, sink, judges, plan, name, deaths };
    const problems = await playDays(played, rows, served).catch((error) => [messageOf(error)]);
    const violations = [...problems, ...(await violationsOf(place, { room, plan, rows, name }))];
    return { plan, seconds: (performance.now() - since) / 1000, deaths, violations };
  } finally {
    await Promise.all([judges.close(), sink.close(), place.close()]);
  }
}

async function playDays(played: Played, rows: readonly PlannedRow[], served: ServedModel): Promise<string[]> {
  const { plan, place, sink } = played;
  const records = rows.map((row) => ({ atMs: row.recordedMs, row })).toSorted((a, b) => a.atMs - b.atMs);
  const words = rows
    .flatMap((row) => row.toldMs.map((atMs) => ({ atMs, row })))
    .toSorted((a, b) => a.atMs - b.atMs);
  for (let day = 1; day <= plan.days + daysAfter; day += 1) {
    const now = dayAt(day, lookMs);
    const recorded = until(records, now).map(({ row }) => predictionRow(row, served));
    for (let at = 0; at < recorded.length; at += atOnce)
      await sink.store([served], recorded.slice(at, at + atOnce));
    const told = until(words, now).map(({ atMs, row }) => feedbackRow(row, atMs));
    if (told.length > 0) await sink.storeFeedback(told);
    await place.stores.predictionDays.matchFeedback();
    await endRuns(played, now);
    if (!plan.unwatched.has(day)) await lookOn(played, day, now);
  }
  return [];
}

/** Takes what has come by then from the front. */
function until<T extends { readonly atMs: number }>(waiting: T[], now: string): T[] {
  const next = waiting.findIndex(({ atMs }) => atMs > Date.parse(now));
  return waiting.splice(0, next < 0 ? waiting.length : next);
}

/** A run takes two days of this world. */
async function endRuns({ place, name }: Played, now: string): Promise<void> {
  for (const { id, clockAt, endedAt } of await automaticRuns(place, name.project)) {
    const isOver = Date.parse(clockAt) + runDays * dayMs <= Date.parse(now);
    if (endedAt === null && isOver) await place.stores.runs.setStatus(id, 'succeeded', null);
  }
}

/** As Temporal does: a look that died or failed is made again until one comes to its end. */
async function lookOn(played: Played, day: number, now: string): Promise<void> {
  const { judges, plan, room, name, deaths } = played;
  const order = { place: placeOf(room), name, now, dies: null };
  const kill = plan.kills.get(day);
  if (plan.doubled.has(day)) await Promise.all([judges.look(0, order), judges.look(1, order)]);
  if (kill !== undefined) deaths.push(`day ${day}: ${await lookUnder(played, kill, order)}`);
  const failed: string[] = [];
  for (let tries = 0; tries < mostTries; tries += 1) {
    const looked = await judges.look(0, order);
    if (looked !== 'died' && 'judged' in looked) return;
    failed.push(looked === 'died' ? looked : looked.failed);
  }
  throw new Error(`day ${day}: ${mostTries} looks failed: ${failed.at(-1)}`);
}

async function lookUnder(
  { judges, room }: Played,
  kill: PlannedKill,
  order: Parameters<Judges['look']>[1],
): Promise<string> {
  const told = (looked: Awaited<ReturnType<Judges['look']>>) => JSON.stringify(looked);
  if (kill.victim === 'postgres') {
    const [looked] = await Promise.all([judges.look(0, order), room.strikePostgres?.()]);
    return `postgres killed: ${told(looked)}`;
  }
  if ('call' in kill)
    return `judge, ${kill.when} call ${kill.call}: ${told(await judges.look(0, { ...order, dies: kill }))}`;
  return `judge after ${kill.afterMs} ms: ${told(await judges.look(0, order, kill.afterMs))}`;
}

function placeOf({ appUrl, servingUrl, blobs, folder }: WatchRoom): WatchPlace {
  return { appUrl, servingUrl, blobs, folder };
}
