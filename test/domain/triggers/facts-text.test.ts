import { describe, expect, it } from 'vitest';
import { changedFilesText, factsText } from '../../../domain/triggers/facts-text.js';
import type {
  CauseFacts,
  MonitoringFacts,
  NewDataFacts,
  PushFacts,
} from '../../../domain/triggers/trigger-event.js';

const push: PushFacts = {
  kind: 'push',
  ref: 'refs/heads/main',
  commit: 'ab'.repeat(20),
  before: null,
  author: 'Ann',
  subject: 'Mend the labels',
  paths: ['delay/train.py'],
  files: 1,
};
const days = { from: '2026-01-01', to: '2026-01-02' };
const rows: NewDataFacts = {
  ...days,
  kind: 'new-data',
  name: 'flown',
  source: 'db',
  rows: 120,
  late: 0,
  inLateness: 0,
};
const drift: MonitoringFacts = {
  kind: 'monitoring',
  alarm: 'drift of dep_hour',
  rule: 'psi',
  value: 0.31,
  limit: 0.2,
  endpoint: 'eu',
};

describe('what an event says', () => {
  it.each<[CauseFacts, string]>([
    [push, 'abababababab by Ann on main: Mend the labels'],
    [{ ...push, ref: 'refs/tags/v1' }, 'abababababab by Ann on refs/tags/v1: Mend the labels'],
    [
      { kind: 'schedule', schedule: 'nightly', slot: '2026-03-29T02:30', timeZone: 'UTC', variant: null },
      'slot 2026-03-29T02:30 UTC of nightly',
    ],
    [
      { kind: 'schedule', schedule: 'nightly', slot: '2026-03-29T02:30', timeZone: 'UTC', variant: 'deep' },
      'slot 2026-03-29T02:30 UTC of nightly, variant deep',
    ],
    [rows, '120 new rows of flown in db, from 2026-01-01 to 2026-01-02'],
    [
      { ...rows, from: null, rows: 3, late: 2 },
      '3 new and 2 late rows of flown in db, from the beginning to 2026-01-02',
    ],
    [drift, 'alarm drift of dep_hour by psi: 0.31, limit 0.2 at eu'],
    [{ ...drift, value: null, limit: null, endpoint: null }, 'alarm drift of dep_hour by psi'],
    [
      { kind: 'event', name: 'prices-in', source: 'shop', id: '7', payload: '{}' },
      'prices-in from shop, id 7',
    ],
    [{ kind: 'promotion', version: 3 }, 'version 3 became champion'],
    [{ kind: 'manual', reason: 'the labels were mended' }, 'the labels were mended'],
    [{ kind: 'manual', reason: null }, 'without a reason'],
  ])('%j is "%s"', (facts, words) => {
    expect(factsText(facts)).toBe(words);
  });

  it.each([
    [['a', 'b'], 2, 'a, b'],
    [['a', 'b'], 40, 'a, b and 38 more'],
    [[], 1, '1 file'],
    [[], 0, '0 files'],
  ])('of %j of %i files is "%s"', (paths, files, words) => {
    expect(changedFilesText({ paths, files })).toBe(words);
  });
});
