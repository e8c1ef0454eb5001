import { describe, expect, it } from 'vitest';
import type { ApprovalStage } from '../../../domain/approvals/approval.js';
import { authorSet, startsOf } from '../../../domain/approvals/author-set.js';
import { neededStages } from '../../../domain/approvals/needed-stages.js';
import type { TrafficRow, TrafficTruth } from '../../../domain/ports/watches.js';
import { type Day, day, openWatchRoom } from './watch-room.js';

const monitoring = {
  windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
  truth: { every: '1 day', from: '1970-01-01', lateness: '1 hour', idle: '6 hours' },
};

const flipped = (of: TrafficTruth | undefined): TrafficTruth[] =>
  of === undefined ? [] : [{ ...of, source: 'evil', truth: !of.truth }];

/** An adversary tells the contrary of rows about which nobody told yet, and of all others as well, first. */
const everywhere: Day['spoil'] = (row) => ({ ...row, truths: [...flipped(row.truths[0]), ...row.truths] });
/** It takes every other row for itself. */
const half: Day['spoil'] = (row, at): TrafficRow =>
  at % 2 === 0 ? row : { ...row, truths: flipped(row.truths[0]) };

async function played(spoil: Day['spoil'], truth: object = {}) {
  const room = await openWatchRoom({ ...monitoring, truth: { ...monitoring.truth, ...truth } });
  const days: Day[] = [{}, {}, {}, ...Array.from({ length: 5 }, () => (spoil ? { spoil } : {}))];
  for (const [ordinal, made] of days.entries()) {
    room.serve(ordinal, made);
    await room.look();
  }
  await room.look(day(days.length + 1));
  return room;
}

const kindsOf = async (room: Awaited<ReturnType<typeof played>>) =>
  (await room.incidents()).map(({ kind }) => kind);

describe('a client that shifts labels', () => {
  it('against a source that is declared changes no number and starts no run, and is seen', async () => {
    const room = await played(everywhere, { sources: { airline: {} } });
    expect(await kindsOf(room)).toEqual([]);
    expect(await room.events()).toEqual([]);
    const other = await played(half, { sources: { airline: {} } });
    const windows = await other.windows('truth');
    expect(windows.map(({ verdicts }) => verdicts['sources'] ?? 'pass')).toContain('fail');
    expect(await kindsOf(other)).toEqual([]);
  });

  it('who contradicts all that another says leaves nothing to go by, which is no loss, and is seen', async () => {
    const room = await played(everywhere);
    const last = (await room.windows('truth')).at(-1);
    expect(last).toMatchObject({ verdict: 'fail', verdicts: { sources: 'fail' } });
    expect(last?.verdicts['condition:no-skill']).toBe('inconclusive');
    expect(await room.events()).toEqual([]);
  });

  it('who tells of rows of his own raises an alarm, whose run nobody but people can promote', async () => {
    const room = await played(half);
    expect(await kindsOf(room)).toContain('concept-drift');
    const windows = await room.windows('truth');
    expect(windows.at(-1)?.numbers).toMatchObject({ 'source:evil': 250, 'source:airline': 250 });
    const [event, ...others] = await room.events();
    expect(others).toEqual([]);
    expect(event?.kind).toBe('monitoring');
    const starts = startsOf([{ kind: 'monitoring', at: day(9) }]);
    const nobody = { members: [], accounts: [], commits: [], configEdits: [], gaps: [] };
    const people = authorSet({ ...nobody, starts });
    expect(people.machineStarted).toBe(true);
    const stages: readonly ApprovalStage[] = [
      { name: 'model', role: 'reviewer', quorum: 1, veto: true, expireMs: 1, remindMs: null, escalate: null },
    ];
    expect(neededStages({ stages, authorSet: people })).toMatchObject([{ quorum: 2 }]);
    expect(await room.stores.champions.champion('trips', 'delay')).toBeUndefined();
  });
});
