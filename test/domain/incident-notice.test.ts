import { describe, expect, it } from 'vitest';
import type { IncidentKind } from '../../domain/monitoring/incident-kinds.js';
import { noticeOfIncident } from '../../domain/notices/incident-notice.js';
import type { IncidentRecord } from '../../domain/ports/watches.js';

const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' };
const members = [
  { account: 'dee', roles: ['data-engineer'] },
  { account: 'sam', roles: ['data-scientist'] },
  { account: 'mel', roles: ['ml-engineer'] },
  { account: 'ivy', roles: ['it-operations'] },
] as const;
const incident = (kind: IncidentKind, more: Partial<IncidentRecord> = {}): IncidentRecord => ({
  ...{
    id: 'inc-1',
    project: 'trips',
    endpoint: 'web',
    model: 'delay',
    modelVersion: 2,
    cause: 'model',
    kind,
  },
  ...{ openedAt: window.to, quietWindows: 0, asksForRun: false, course: 'no loss is seen' },
  sights: [{ window, kind, because: 'moved: x', columns: ['x'] }],
  ...{ acknowledgedBy: null, closedAt: null, closedBy: null, closedBecause: null },
  ...more,
});
const told = (of: IncidentRecord) => noticeOfIncident({ incident: of, owner: 'olga', members });

describe('what people are told of an incident', () => {
  it.each([
    ['data-skew', ['olga', 'dee']],
    ['training-serving-skew', ['olga', 'dee', 'sam']],
    ['harmful-drift', ['olga', 'sam', 'mel']],
    ['unexplained-loss', ['olga', 'sam']],
    ['covariate-drift', ['olga']],
  ] as const)('goes to who can act on it: %s', (kind, to) => {
    expect(told(incident(kind)).to).toEqual(to);
  });

  it('says what it is, why, and by which command all of it is seen', () => {
    const { title, lines, kind } = told(incident('data-skew'));
    expect(kind).toBe('incident.opened');
    expect(title).toBe('trips/web: the data that came is not the data that was agreed on');
    expect(lines).toContain('because: moved: x');
    expect(lines).toContain('retraining: the watch asks for none while it is open');
    expect(lines.at(-1)).toBe('all of it: ratchet incident explain inc-1');
  });

  it('is one thing as long as its kind is, another when it turns graver, and a last one when it closes', () => {
    const keys = [
      incident('covariate-drift'),
      incident('covariate-drift', { quietWindows: 1 }),
      incident('harmful-drift'),
      incident('harmful-drift', { closedAt: window.to, closedBecause: '2 windows without it' }),
    ].map((of) => told(of).key);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
  });
});
