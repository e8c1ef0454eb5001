import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, defineSearchAttributeKey } from '@temporalio/common';
import proto from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { queues } from '../../domain/names.js';
import { sharedStoryRoom } from './shared-story-room.js';
import { deliver, letters, triggerEndings } from './trigger-endings.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 }, async ({ env }) => {
  // A server with schedules knows it by itself.
  const { INDEXED_VALUE_TYPE_DATETIME: datetime } = proto.temporal.api.enums.v1.IndexedValueType;
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: { TemporalScheduledStartTime: datetime },
  });
});

const playEnding = (name: string) => {
  const ending = triggerEndings[name];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};
const looks = () => room.called().filter((name) => name === 'deliverLetters').length;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Code of the activity's failure that ended a story. */
function codeOf(failure: unknown): unknown {
  const cause = failure instanceof WorkflowFailedError ? failure.cause : failure;
  return cause instanceof ActivityFailure ? cause.cause : cause;
}

describe('fireSchedule', () => {
  const input = { project: 'tiny', model: 'points', schedule: 'nightly' };

  it('records the slot that the server scheduled, however late it runs, and wakes the line', async () => {
    const slot = '2025-10-26T01:30:00.000Z';
    room.use({});
    await room.env.client.workflow.execute('fireSchedule', {
      workflowId: 'schedule/tiny/points/nightly',
      taskQueue: queues.orchestrator,
      typedSearchAttributes: [
        {
          key: defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME'),
          value: new Date(slot),
        },
      ],
      args: [input],
    });
    const { startedAt, ...given } = room.given('recordSlot') as { startedAt: string };
    expect(given).toEqual({ ...input, at: slot });
    expect(Date.parse(startedAt)).toBeGreaterThan(Date.parse(slot));
    expect(room.given('wakeLines')).toEqual([{ project: 'tiny', model: 'points' }]);
  });

  it('records its own time where somebody started it by hand', async () => {
    const before = await room.env.currentTimeMs();
    await playEnding('fire-schedule-recorded');
    const { at } = room.given('recordSlot') as { at: string };
    expect(Math.abs(Date.parse(at) - before)).toBeLessThan(60_000);
  });

  it('fails where the slot cannot be recorded, and wakes nobody', async () => {
    const { failure } = await playEnding('fire-schedule-failed');
    expect(codeOf(failure)).toMatchObject({ type: 'INTERNAL' });
    expect(room.called()).toEqual(['recordSlot']);
  });
});

describe('watchSource', () => {
  it('wakes the line whose source has new rows', async () => {
    await playEnding('watch-source-new-data');
    expect(room.given('lookForData')).toEqual({ project: 'tiny', model: 'points', name: 'rows' });
    expect(room.given('wakeLines')).toEqual([{ project: 'tiny', model: 'points' }]);
  });

  it('fails where a look fails for good: that is never no new rows', async () => {
    const { failure } = await playEnding('watch-source-failed');
    expect(codeOf(failure)).toMatchObject({ type: 'SOURCE_UNKNOWN' });
    expect(room.called()).toEqual(['lookForData']);
  });
});

describe('deliverNotifications', () => {
  it('ends when nothing is left', async () => {
    const { failure } = await playEnding('deliver-notifications-nothing-left');
    expect(failure).toBeUndefined();
    expect(looks()).toBe(1);
  });

  it('waits until the next letter is due, and at least a second where that is past', async () => {
    const { handle } = await playEnding('deliver-notifications-later');
    const { events } = await handle.fetchHistory();
    const waits = events?.flatMap(({ timerStartedEventAttributes: timer }) =>
      timer?.startToFireTimeout ? [Number(timer.startToFireTimeout.seconds)] : [],
    );
    expect(looks()).toBe(3);
    expect(waits).toEqual([expect.any(Number), 1]);
    expect(Math.abs((waits?.[0] ?? 0) - 60 * 60)).toBeLessThan(10);
  });

  it('looks at once when a letter comes while it waits', async () => {
    const inAMonth = new Date((await room.env.currentTimeMs()) + 30 * 24 * 60 * 60 * 1000).toISOString();
    await deliver(room, letters(inAMonth), async (handle) => {
      while (looks() < 1) await pause(20);
      await pause(100);
      await handle.signal('wake');
      while (looks() < 2) await pause(20);
    });
    expect(looks()).toBe(2);
  });

  it('loses no letter that comes at its last look', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const deliverLetters = async () => {
      await held;
      return { nextAt: null };
    };
    await deliver(room, { deliverLetters }, async (handle) => {
      while (looks() < 1) await pause(20);
      await handle.signal('wake');
      release();
    });
    expect(looks()).toBe(2);
  });
});
