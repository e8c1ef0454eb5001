import { describe, expect, it } from 'vitest';
import { lookupDuplicatesSql } from '../../../domain/features/lookup-view.js';
import { duckdbSession } from './duckdb-session.js';
import { features, fill, lookupView, plainFeatures } from './view-fixture.js';

describe('a lookup view', () => {
  const session = duckdbSession();
  const view = lookupView();

  it('gives the one row of the entity and keeps every example', async () => {
    const spine = [
      { k: 'a', p: 1 },
      { k: 'nobody', p: 1 },
      { k: null, p: 1 },
      { k: 'a', p: 1 },
    ];
    await fill(session, spine, [
      { k: 'a', t: 0, v: 5 },
      { k: null, t: 0, v: 9 },
    ]);
    expect((await features(session, view)).map(({ v }) => v)).toEqual([5, null, null, 5]);
    expect(await features(session, view)).toEqual(await plainFeatures(session, view));
  });

  it('names entities that have more than one row, and not the rows without an entity', async () => {
    await fill(
      session,
      [],
      [
        { k: 'a', t: 0, v: 5 },
        { k: 'a', t: 0, v: 5 },
        { k: 'b', t: 0, v: 1 },
        { k: null, t: 0, v: 1 },
        { k: null, t: 0, v: 1 },
      ],
    );
    expect(await session.rows(lookupDuplicatesSql(view, 'source'))).toEqual([{ entity: 'a', rows: '2' }]);
  });
});
