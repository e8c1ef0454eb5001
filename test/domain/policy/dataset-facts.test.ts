import { describe, expect, it } from 'vitest';
import { datasetFacts } from '../../../domain/policy/facts/dataset-facts.js';
import type { DatasetManifest } from '../../../domain/ports/datasets.js';

const rows = { train: 60, validation: 20, test: 20 };
type Manifest = Pick<DatasetManifest, 'rows' | 'quarantined' | 'columns'>;
const factsOf = (change: Partial<Manifest>, predictAt: string | undefined = 'at') =>
  datasetFacts(
    { rows, quarantined: [], columns: [], ...change },
    { version: { name: 'late', version: 3 }, predictAt, startedAt: '2013-04-02T12:00:00.000Z' },
  );
const newest = (max: unknown) => ({ columns: [{ name: 'at', type: 'timestamp', max }] as never });
const setAside = (table: string, count: number, of: number) => ({ table, rows: count, of, reasons: {} });

describe('facts of a dataset', () => {
  it('say how large it is', () => {
    expect(factsOf({})).toMatchObject({ name: 'late', version: 3, rows: { train: 60, all: 100 } });
  });

  it.each([
    ['2013-04-01 12:00:00', 24],
    ['2013-04-01T12:00:00Z', 24],
    ['2013-04-02 11:30:00.000', 0.5],
    ['2013-04-01', 36],
    ['2013-04-03 12:00:00', -24],
  ])('say how old the newest row was when the run began: %s', (max, hours) => {
    expect(factsOf(newest(max)).ageHours).toBe(hours);
  });

  it('have no age where no time is declared or known', () => {
    expect(factsOf(newest('2013-04-01'), 'other').ageHours).toHaveProperty('missing');
    for (const max of [null, undefined, '', 'yesterday', 7])
      expect(factsOf(newest(max)).ageHours).toEqual({ missing: 'the newest value of at is not known' });
    expect(
      datasetFacts(
        { rows, quarantined: [], columns: [] },
        { version: { name: 'a', version: 1 }, predictAt: undefined, startedAt: '' },
      ).ageHours,
    ).toEqual({ missing: 'the dataset declares no predictAt' });
  });

  it('take the largest share of a table that was set aside, and never less than all of what was', () => {
    const quarantined = [
      setAside('flights', 5, 100),
      setAside('planes', 3, 10),
      setAside('odd', 4, 2),
      setAside('none', 0, 0),
    ];
    expect(factsOf({ quarantined: quarantined.slice(0, 2) }).quarantine).toEqual({ rows: 8, share: 0.3 });
    expect(factsOf({ quarantined }).quarantine).toEqual({ rows: 12, share: 1 });
    expect(factsOf({}).quarantine).toEqual({ rows: 0, share: 0 });
  });
});
