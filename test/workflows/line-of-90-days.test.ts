import { expect, it } from 'vitest';
import { LineWorld } from '../domain/triggers/line-world.js';
import { madeEvent, settingsOf } from '../domain/triggers/made-events.js';
import { stepOf } from './fake-activities.js';
import { lineInput, playLine, runOf } from './line-endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const days = 90;
/** A little over a day, so that no timer of whole hours is due when a signal comes: see `sharedStoryRoom`. */
const betweenEventsMs = dayMs + 7 * 60_000;

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

it('a line of 90 days of events keeps to veto, cool-down and budget, by its own timers', async () => {
  const world = new LineWorld(
    settingsOf({ veto: '6 hours', coolDown: '3 days' }, { budgets: { runsPerWeek: 2 } }),
    [0],
  );
  let isOver = false;
  const settleLine = async () => {
    const now = await room.env.currentTimeMs();
    const before = world.runs.length;
    const wakeMs = world.wake(now);
    const begun = world.runs.slice(before).map(({ id }) => ({ runId: id }));
    const wakeAt = wakeMs === null ? null : new Date(wakeMs).toISOString();
    return isOver ? stepOf({ isGone: true }) : stepOf({ start: begun.at(0) ?? null, wakeAt });
  };
  const input = lineInput();
  const startMs = await room.env.currentTimeMs();
  const { handle } = await playLine(room, { settleLine }, input, async (line) => {
    for (let day = 0; day < days; day += 1) {
      const atMs = await room.env.currentTimeMs();
      world.happen({
        atMs,
        event: madeEvent('event', `e${day}`, { receivedAt: new Date(atMs).toISOString() }),
      });
      const looks = world.wakes;
      await line.signal('wake');
      // Time stands still until it has looked.
      while (world.wakes === looks) await new Promise((resolve) => setTimeout(resolve, 10));
      await room.env.sleep(hourMs);
      // On every tenth day somebody looks whether a run is announced.
      if (day % 10 === 0) world.happen({ atMs: await room.env.currentTimeMs(), veto: true });
      await room.env.sleep(betweenEventsMs - hourMs);
    }
    isOver = true;
    await line.signal('wake');
  });
  expect((await handle.describe()).status.name).toBe('COMPLETED');
  const starts = world.runs.map(({ startedMs }) => startedMs);
  expect(world.vetoedMs[0]).toBeLessThan(startMs + 2 * hourMs);
  expect(starts.length).toBeGreaterThan(10);
  expect(starts.filter((at) => at > startMs + days * betweenEventsMs)).toEqual([]);
  for (const [at, startedMs] of starts.entries()) {
    const earlier = [...starts.slice(0, at), ...world.vetoedMs.filter((vetoedMs) => vetoedMs < startedMs)];
    expect(startedMs - Math.max(...earlier, startMs - 3 * dayMs)).toBeGreaterThanOrEqual(3 * dayMs);
    expect(
      starts.filter((one) => one > startedMs - 7 * dayMs && one <= startedMs).length,
    ).toBeLessThanOrEqual(2);
  }
  for (const { id, startedMs, causes } of world.runs) {
    const announced = causes.flatMap(({ proposedAt }) =>
      proposedAt === null ? [] : [Date.parse(proposedAt)],
    );
    expect(startedMs - Math.min(...announced)).toBeGreaterThanOrEqual(6 * hourMs);
    expect((await runOf(room, input, id).describe()).status.name).toBe('COMPLETED');
  }
  const outcomes = [...world.events.values()].map(({ outcome }) => outcome?.kind ?? 'pending');
  expect(outcomes.filter((kind) => kind === 'pending').length).toBeLessThan(10);
});
