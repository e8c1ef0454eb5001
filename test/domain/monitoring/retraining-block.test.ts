import { describe, expect, it } from 'vitest';
import type { IncidentKind } from '../../../domain/monitoring/incident-kinds.js';
import { retrainingBlock } from '../../../domain/monitoring/incidents/retraining-block.js';
import type { IncidentRecord } from '../../../domain/ports/watches.js';

const incident = (id: string, kind: IncidentKind, over: Partial<IncidentRecord> = {}): IncidentRecord => ({
  ...{ id, kind, project: 'trips', endpoint: 'live', model: 'delay', modelVersion: 1, cause: kind },
  ...{ openedAt: '2026-01-02T00:00:00.000Z', sights: [], quietWindows: 0, asksForRun: false, course: '' },
  ...{ acknowledgedBy: null, closedAt: null, closedBy: null, closedBecause: null },
  ...over,
});
const closedAt = '2026-01-03T00:00:00.000Z';

describe('what keeps automatic runs of a model from starting', () => {
  it.each(['data-skew', 'training-serving-skew'] as const)('is an open incident of kind %s', (kind) => {
    expect(retrainingBlock([incident('a', kind)], 'delay')).toMatchObject({ id: 'a' });
  });

  it.each(['harmful-drift', 'concept-drift', 'prior-shift', 'covariate-drift', 'unexplained-loss'] as const)(
    'is none of kind %s',
    (kind) => {
      expect(retrainingBlock([incident('a', kind)], 'delay')).toBeNull();
    },
  );

  it('is none of another model, and none that is closed', () => {
    const others = [incident('a', 'data-skew', { model: 'odd' }), incident('b', 'data-skew', { closedAt })];
    expect(retrainingBlock(others, 'delay')).toBeNull();
  });

  it('is the oldest of several', () => {
    const openedAt = '2026-01-01T00:00:00.000Z';
    const open = [incident('a', 'data-skew'), incident('b', 'data-skew', { openedAt })];
    expect(retrainingBlock(open, 'delay')).toMatchObject({ id: 'b' });
  });
});
