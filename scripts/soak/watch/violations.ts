import type { WatchDeps } from '../../../activities/monitoring/deps.js';
import { watchLines } from '../../../domain/monitoring/window-evidence.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import { brokenIncidents } from './broken-incidents.js';
import { brokenWindows } from './broken-windows.js';
import { differentAgain } from './judged-again.js';
import { type OpenPlace, type WatchPlace, watchDeps } from './place.js';
import type { WatchPlan } from './plan.js';
import { dayAt, type PlannedRow } from './planned-days.js';

/** A seed once it was played. */
export interface PlayedSeed {
  readonly room: WatchPlace;
  readonly plan: WatchPlan;
  readonly rows: readonly PlannedRow[];
  readonly name: EndpointName;
}

/** More than there can be of one endpoint. */
const mostWindows = 1000;

/** Every promise that does not hold after the days of a seed. Empty is what it should be. */
export async function violationsOf(place: OpenPlace, seed: PlayedSeed): Promise<string[]> {
  const deps = watchDeps(seed.room, place, () => dayAt(0));
  const lines = await Promise.all(
    watchLines.map(async (line) => {
      const newestFirst = await place.stores.watches.windows(seed.name, line, { limit: mostWindows });
      const windows = newestFirst.toReversed();
      return [
        ...(await brokenWindows(place, seed, line, windows)),
        ...(await differentAgain(deps, seed, windows)),
      ];
    }),
  );
  return [...(await lostRows(deps, seed)), ...lines.flat(), ...(await brokenIncidents(place, seed))];
}

/** Each row is there once with all that was told of it, and lies in the window of its event. */
async function lostRows({ traffic }: Pick<WatchDeps, 'traffic'>, { rows, name, plan }: PlayedSeed) {
  const planned = new Map(rows.map((row) => [row.id, row]));
  const problems: string[] = [];
  let found = 0;
  for (let day = 0; day < plan.days; day += 1) {
    const window = { from: dayAt(day), to: dayAt(day + 1) };
    const [share] = await traffic.versions(name, window);
    if (share === undefined) continue;
    const kept = await traffic.rows(name, share.modelDigest, window, rows.length);
    found += new Set(kept.map(({ id }) => id)).size;
    const strange = kept.filter(({ id }) => planned.get(id)?.day !== day).length;
    if (strange > 0) problems.push(`day ${day} has ${strange} rows of other days`);
    const untold = kept.filter(({ id, truths }) => {
      const row = planned.get(id);
      return (
        truths.length !== Number((row?.toldMs.length ?? 0) > 0) ||
        truths.some(({ truth }) => truth !== row?.truth)
      );
    });
    if (untold.length > 0)
      problems.push(`of day ${day} ${untold.length} rows have another truth than was told`);
  }
  if (found !== rows.length)
    problems.push(`${rows.length} predictions were recorded, and ${found} are there`);
  return problems;
}
