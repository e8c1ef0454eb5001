import { describe, expect, it } from 'vitest';
import { causesOfRun } from '../../../domain/triggers/causes-of-run.js';
import type { CauseFacts, TriggerEvent } from '../../../domain/triggers/trigger-event.js';

const alarm: CauseFacts = {
  kind: 'monitoring',
  alarm: 'drift',
  rule: 'psi',
  value: 0.4,
  limit: 0.2,
  endpoint: null,
};
const asked: CauseFacts = { kind: 'manual', reason: null };

function event(minute: number, facts: CauseFacts, by: string | null = null): TriggerEvent {
  const at = new Date(Date.UTC(2024, 4, 1, 0, minute)).toISOString();
  const key = `${facts.kind}:${minute}`;
  const settled = { outcome: null, settledAt: null, proposedAt: null, repeats: 0, receivedAt: at };
  return { id: key, project: 'p', model: 'm', kind: facts.kind, key, by, at, facts, ...settled };
}

describe('causes of a run', () => {
  it('are its events, oldest first, each with what it says and who is behind it', () => {
    const causes = causesOfRun([event(2, asked, 'ann'), event(1, alarm)]);
    expect(causes).toEqual([
      { kind: 'monitoring', at: '2024-05-01T00:01:00.000Z', event: 'monitoring:1', facts: alarm },
      { kind: 'manual', by: 'ann', at: '2024-05-01T00:02:00.000Z', event: 'manual:2', facts: asked },
    ]);
  });

  it('are the newest 20 of a kind, and how many more there are', () => {
    const storm = Array.from({ length: 1000 }, (_, minute) => event(minute, alarm));
    const causes = causesOfRun([...storm, event(5, asked, 'ann')]);
    expect(causes).toHaveLength(21);
    expect(causes[0]).toMatchObject({ event: 'manual:5', by: 'ann' });
    expect(causes[1]).toMatchObject({ event: 'monitoring:980' });
    expect(causes.at(-1)).toMatchObject({ event: 'monitoring:999', more: 980 });
    expect(causes.filter(({ more }) => more !== undefined)).toHaveLength(1);
  });

  it('have no count where all of a kind are listed', () => {
    const causes = causesOfRun(Array.from({ length: 20 }, (_, minute) => event(minute, alarm)));
    expect(causes).toHaveLength(20);
    expect(causes.filter(({ more }) => more !== undefined)).toEqual([]);
  });

  it('name everyone who is behind one, as nobody may approve what they started', () => {
    const older = [event(0, asked, 'bob'), event(1, asked, 'bob'), event(2, asked, 'ann')];
    const newer = Array.from({ length: 30 }, (_, minute) => event(10 + minute, asked, 'ann'));
    const causes = causesOfRun([...older, ...newer]);
    expect(causes).toHaveLength(21);
    expect(causes[0]).toMatchObject({ event: 'manual:1', by: 'bob' });
    expect(causes.at(-1)).toMatchObject({ event: 'manual:39', by: 'ann', more: 12 });
  });
});
