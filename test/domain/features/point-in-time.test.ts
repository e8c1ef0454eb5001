import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureViewConfig } from '../../../domain/config/feature-view.js';
import { duckdbSession, type SqlRow } from './duckdb-session.js';
import {
  features,
  fill,
  latestView,
  plainFeatures,
  type SourceRow,
  type SpineRow,
  windowView,
} from './view-fixture.js';

const entity = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
const minute = fc.integer({ min: 0, max: 300 });
const value = fc.option(
  fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  { nil: null },
);
const source: fc.Arbitrary<SourceRow[]> = fc.array(
  fc.record({ k: entity, t: fc.option(minute, { nil: null, freq: 10 }), v: value }),
  { maxLength: 40 },
);
const spine: fc.Arbitrary<SpineRow[]> = fc.array(fc.record({ k: entity, p: minute }), {
  minLength: 1,
  maxLength: 12,
});
const view: fc.Arbitrary<FeatureViewConfig> = fc.oneof(
  fc.integer({ min: 1, max: 200 }).map((minutes) => windowView(`${minutes} minutes`)),
  fc
    .option(fc.integer({ min: 1, max: 200 }), { nil: undefined })
    .map((ttl) => latestView(ttl === undefined ? undefined : `${ttl} minutes`)),
);

/** What happens to a row that is known only later. */
const fate = fc.oneof(
  fc.record({ kind: fc.constant('gone' as const) }),
  fc.record({ kind: fc.constant('other' as const), v: value, k: entity }),
  fc.record({ kind: fc.constant('twice' as const), v: value }),
);
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;

function changeLater(rows: readonly SourceRow[], after: number, fates: readonly Fate[]): SourceRow[] {
  return rows.flatMap((row, index) => {
    const what = fates[index % fates.length];
    if ((row.t !== null && row.t <= after) || what === undefined) return [row];
    if (what.kind === 'gone') return [];
    if (what.kind === 'other') return [{ ...row, k: what.k, v: what.v }];
    return [row, { ...row, v: what.v }];
  });
}

describe('features at the prediction time', () => {
  const session = duckdbSession();

  it('use no row that is known after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        view,
        spine,
        source,
        fc.array(fate, { minLength: 1, maxLength: 6 }),
        async (config, examples, rows, fates) => {
          const last = Math.max(...examples.map(({ p }) => p));
          await fill(session, examples, rows);
          const before = await features(session, config);
          await fill(session, examples, changeLater(rows, last, fates));
          expect(await features(session, config)).toEqual(before);
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  it('do not depend on what other examples are asked for, so a later one gives away nothing', async () => {
    await fc.assert(
      fc.asyncProperty(view, spine, source, async (config, examples, rows) => {
        await fill(session, examples, rows);
        const together = await features(session, config);
        const first = examples.slice(0, 1);
        await fill(
          session,
          first,
          rows.filter(({ t }) => t !== null && t <= (first[0]?.p ?? 0)),
        );
        expect(await features(session, config)).toEqual(together.slice(0, 1));
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('equal a computation by brute force, one row for each example', async () => {
    await fc.assert(
      fc.asyncProperty(view, spine, source, async (config, examples, rows) => {
        await fill(session, examples, rows);
        const fast = await features(session, config);
        expect(fast).toHaveLength(examples.length);
        const plain = await plainFeatures(session, config);
        for (const [index, row] of fast.entries()) expectClose(row, plain[index] ?? {});
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});

function expectClose(row: SqlRow, plain: SqlRow): void {
  for (const [name, found] of Object.entries(row)) {
    const wanted = plain[name];
    if (typeof found === 'number' && typeof wanted === 'number')
      expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
    else expect(found).toEqual(wanted);
  }
}
