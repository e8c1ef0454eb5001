import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSeconds } from '../../../domain/features/duration.js';
import type { CauseKind } from '../../../domain/names.js';
import type { Hold } from '../../../domain/ports/trigger-events.js';
import { kindRules } from '../../../domain/triggers/kind-rules.js';
import type { LineSettings } from '../../../domain/triggers/line-decision.js';
import { type Decided, type Happening, LineWorld } from './line-world.js';
import { listening, madeEvent, minute, ofVariant, settingsOf } from './made-events.js';

const start = Date.parse(minute(0));
const minuteMs = 60_000;
const dayMs = 86_400_000;
const hold: Hold = { project: 'p', model: 'm', by: 'omar', reason: 'an audit', since: minute(0) };

const arrival = (atMs: number, id: string, kind: CauseKind, variant: string | null = null): Happening => {
  const over = { receivedAt: new Date(atMs).toISOString() };
  return {
    atMs,
    event: kind === 'schedule' && variant !== null ? ofVariant(id, variant, over) : madeEvent(kind, id, over),
  };
};

/** What must hold of every decision. */
function mustHold({ atMs, state, settings, decision }: Decided): void {
  const { outcomes, proposed, start: begun, cancel, wakeAt, waitsFor } = decision;
  const shown = new Set(state.pending.map(({ id }) => id));
  const settled = new Set(outcomes.map(({ id }) => id));
  expect(settled.size).toBe(outcomes.length);
  expect([...settled, ...proposed].filter((id) => !shown.has(id))).toEqual([]);
  expect(proposed.filter((id) => settled.has(id))).toEqual([]);
  expect(waitsFor === null).toBe(settled.size === shown.size);
  if (wakeAt !== null) expect(Date.parse(wakeAt)).toBeGreaterThan(atMs);
  const ofRun = outcomes.filter(({ outcome }) => outcome.kind !== 'suppressed');
  expect(ofRun.map(({ id }) => id)).toEqual((begun?.causes ?? []).map(({ id }) => id));
  for (const [at, { outcome }] of ofRun.entries())
    expect(outcome).toEqual({ kind: at === 0 ? 'started' : 'merged', runId: begun?.id });
  expect(cancel).toBe(begun?.replaces ?? null);
  if (cancel !== null) expect(settings.triggers.handling.inFlight).toBe('replace');
  if (begun === null) return;
  expect(begun.causes.length).toBeGreaterThan(0);
  expect(state.hold === null && !settings.rolloutInFlight).toBe(true);
  if (state.inFlight.length > 0) expect(state.inFlight.map(({ runId }) => runId)).toContain(cancel);
  if (begun.automatic) mustBeAllowed({ atMs, state, settings, decision });
}

/** An automatic run keeps to budget, cool-down and veto. */
function mustBeAllowed({ atMs, state, settings: { triggers, budgets }, decision }: Decided): void {
  const { coolDown, veto } = triggers.handling;
  expect(state.used.runs).toBeLessThan(budgets.runsPerWeek ?? Number.POSITIVE_INFINITY);
  expect(state.used.computeMinutes).toBeLessThan(budgets.computeMinutesPerWeek ?? Number.POSITIVE_INFINITY);
  for (const last of [state.lastAutomaticAt, state.lastVetoedAt])
    if (coolDown !== undefined && last !== null)
      expect(atMs - Date.parse(last)).toBeGreaterThanOrEqual(durationSeconds(coolDown) * 1000);
  const announced = decision.start?.causes.flatMap(({ proposedAt }) => proposedAt ?? []) ?? [];
  if (veto !== undefined)
    expect(
      Math.min(...announced.map((at) => Date.parse(at))) + durationSeconds(veto) * 1000,
    ).toBeLessThanOrEqual(atMs);
}

/** Runs that nobody cancelled never overlap. */
function mustNotOverlap({ runs }: LineWorld): void {
  for (const [at, run] of runs.entries()) {
    const next = runs[at + 1];
    if (next !== undefined && !run.isCancelled) expect(next.startedMs).toBeGreaterThanOrEqual(run.endsMs);
  }
}

const duration = fc.constantFrom(undefined, '30 seconds', '5 minutes', '2 hours', '3 days');
const settings: fc.Arbitrary<LineSettings> = fc
  .record({
    inFlight: fc.constantFrom('newest', 'queue', 'replace'),
    debounce: fc.constantFrom(undefined, '30 seconds', '5 minutes', '2 hours'),
    coolDown: duration,
    veto: duration,
    runsPerWeek: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    computeMinutesPerWeek: fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }),
  })
  .map(({ runsPerWeek, computeMinutesPerWeek, ...handling }) => ({
    triggers: listening(JSON.parse(JSON.stringify(handling)) as object),
    budgets: JSON.parse(JSON.stringify({ runsPerWeek, computeMinutesPerWeek })) as LineSettings['budgets'],
    rolloutInFlight: false,
    blockedBy: null,
  }));

const kinds = fc.constantFrom<CauseKind>(
  'push',
  'push',
  'manual',
  'schedule',
  'schedule',
  'new-data',
  'event',
  'monitoring',
  'monitoring',
);
/** Bursts over 90 days: so many events of a kind, so many minutes apart. */
const bursts = fc.array(
  fc.record({
    atMinute: fc.integer({ min: 0, max: 90 * 1440 }),
    kind: kinds,
    variant: fc.constantFrom(null, null, 'deep'),
    count: fc.constantFrom(1, 1, 2, 10, 40),
    apart: fc.constantFrom(0, 0.01, 1, 30, 1440),
  }),
  { minLength: 5, maxLength: 40 },
);
const stops = fc.array(
  fc.record({
    atMinute: fc.integer({ min: 0, max: 90 * 1440 }),
    minutes: fc.integer({ min: 1, max: 10_000 }),
    by: fc.constantFrom('person', 'rollout', 'veto'),
  }),
  { maxLength: 3 },
);

function happenings(
  given: typeof bursts extends fc.Arbitrary<infer T> ? T : never,
  stopped: typeof stops extends fc.Arbitrary<infer T> ? T : never,
): Happening[] {
  const events = given.flatMap(({ atMinute, kind, variant, count, apart }, burst) =>
    Array.from({ length: count }, (_, at) =>
      arrival(Math.round(start + (atMinute + at * apart) * minuteMs), `${burst}-${at}`, kind, variant),
    ),
  );
  const ends = stopped.flatMap(({ atMinute, minutes, by }): Happening[] => {
    const from = start + atMinute * minuteMs;
    const to = from + minutes * minuteMs;
    // Somebody who looks again and again: one look would seldom find an announcement.
    if (by === 'veto')
      return Array.from({ length: 50 }, (_, at) => ({ atMs: from + at * 10 * minuteMs, veto: true }));
    return by === 'person'
      ? [
          { atMs: from, hold },
          { atMs: to, hold: null },
        ]
      : [
          { atMs: from, rollout: true },
          { atMs: to, rollout: false },
        ];
  });
  return [...events, ...ends];
}

describe('a line of a model over 90 days', () => {
  it('loses no event, keeps to every limit, and comes to rest', () => {
    let automatic = 0;
    let suppressed = 0;
    fc.assert(
      fc.property(
        settings,
        bursts,
        stops,
        fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 7 }),
        fc.constantFrom(3, 100),
        (given, events, stopped, minutes, limit) => {
          const world = new LineWorld(given, minutes, mustHold, limit);
          const all = happenings(events, stopped);
          world.play(all, start + 400 * dayMs);
          expect(world.pending()).toEqual([]);
          expect(world.events.size).toBe(all.filter((one) => 'event' in one).length);
          mustNotOverlap(world);
          for (const run of world.runs) expect(run.automatic).toBe(run.causes.every(isProgram));
          // One wake an event, a run's end, an announcement, and an hour of an empty budget.
          expect(world.wakes).toBeLessThan(all.length * 4 + world.runs.length * 4 + 400 * 24);
          automatic += world.runs.filter((run) => run.automatic).length;
          suppressed += [...world.events.values()].filter(
            ({ outcome }) => outcome?.kind === 'suppressed',
          ).length;
        },
      ),
      { numRuns: 40, seed: 20130401 },
    );
    expect(automatic).toBeGreaterThan(100);
    expect(suppressed).toBeGreaterThan(100);
  });

  it('makes one run of 1,000 alarms in a minute, and accounts for each of them', () => {
    for (const handling of [{}, { debounce: '2 minutes' }, { veto: '10 minutes', coolDown: '1 hour' }]) {
      const world = new LineWorld(settingsOf(handling), [30], mustHold);
      const alarms = Array.from({ length: 1000 }, (_, at) =>
        arrival(start + at * 60, `a${at}`, 'monitoring'),
      );
      world.play(alarms, start + dayMs);
      expect(world.runs).toHaveLength(1);
      const counted = [...world.events.values()].map(({ outcome }) => outcome?.kind);
      expect(counted.filter((kind) => kind === 'started')).toHaveLength(1);
      expect(counted).not.toContain(undefined);
    }
  });

  it('fires an alarm that goes on again after the cool-down', () => {
    const world = new LineWorld(settingsOf({ coolDown: '1 day' }), [30], mustHold);
    const alarms = Array.from({ length: 24 * 10 }, (_, at) =>
      arrival(start + at * 60 * minuteMs, `a${at}`, 'monitoring'),
    );
    world.play(alarms, start + 20 * dayMs);
    expect(world.runs.map(({ startedMs }) => (startedMs - start) / dayMs)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it('announces no run again within the cool-down after a veto', () => {
    const announced: number[] = [];
    const look = ({ atMs, decision }: Decided) => {
      if (decision.proposed.length > 0) announced.push((atMs - start) / dayMs);
    };
    const world = new LineWorld(settingsOf({ veto: '2 hours', coolDown: '3 days' }), [30], look);
    const stream = Array.from({ length: 24 * 9 }, (_, at) =>
      arrival(start + at * 60 * minuteMs, `e${at}`, 'event'),
    );
    world.play([...stream, { atMs: start + 60 * minuteMs, veto: true }], start + 8 * dayMs);
    const [first, second] = announced.filter((at, index) => announced[index - 1] !== at);
    expect([first, second]).toEqual([0, 3 + 1 / 24]);
    expect(world.runs.map(({ startedMs }) => startedMs - start)).toEqual([
      3 * dayMs + 3 * 60 * minuteMs,
      6 * dayMs + 5 * 60 * minuteMs,
    ]);
  });

  it('spends no more than its budget in any seven days, of a stream that never ends', () => {
    const world = new LineWorld(settingsOf({}, { budgets: { runsPerWeek: 3 } }), [90], mustHold);
    const stream = Array.from({ length: 90 * 24 }, (_, at) =>
      arrival(start + at * 60 * minuteMs, `e${at}`, at % 2 === 0 ? 'event' : 'schedule'),
    );
    world.play(stream, start + 100 * dayMs);
    for (const { startedMs } of world.runs) {
      const inWeek = world.runs.filter(
        (run) => run.startedMs > startedMs - 7 * dayMs && run.startedMs <= startedMs,
      );
      expect(inWeek.length).toBeLessThanOrEqual(3);
    }
    // It is used, too: three a week, for nearly thirteen weeks.
    expect(world.runs.length).toBeGreaterThanOrEqual(36);
    expect(world.pending()).toEqual([]);
  });

  it('trains every push that queues, in order, and the newest of those that do not', () => {
    const pushes = Array.from({ length: 6 }, (_, at) => arrival(start + at * minuteMs, `c${at}`, 'push'));
    const commits = (inFlight: string) => {
      const world = new LineWorld(settingsOf({ inFlight }), [30], mustHold);
      world.play(pushes, start + dayMs);
      return world.runs.map(({ commit, isCancelled }) => `${commit}${isCancelled ? ' cancelled' : ''}`);
    };
    expect(commits('queue')).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
    expect(commits('newest')).toEqual(['c0', 'c5']);
    expect(commits('replace')).toEqual([...[0, 1, 2, 3, 4].map((at) => `c${at} cancelled`), 'c5']);
  });
});

const isProgram = ({ kind }: { readonly kind: CauseKind }) => kindRules[kind].isAutomatic;
