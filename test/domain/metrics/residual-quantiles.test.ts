import fc from 'fast-check';
import { expect, it } from 'vitest';
import { residualQuantileMetrics } from '../../../domain/metrics/residual-quantiles.js';
import { quantiles } from '../../../domain/stats/quantile.js';

const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

it('resample as if the rows of each drawn block were repeated', () => {
  const row = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 2 }));
  const weights = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), weights, (rows, drawn) => {
      const metrics = residualQuantileMetrics(
        {
          label: Float64Array.from(rows, ([residual]) => residual),
          score: new Float64Array(rows.length),
          block: Int32Array.from(rows, ([, block]) => block),
        },
        { blocks: 3, resamples: 1, weights: Uint16Array.from(drawn) },
      );
      const repeated = rows.flatMap(([residual, block]) =>
        new Array<number>(drawn[block] ?? 0).fill(residual),
      );
      if (repeated.length === 0) {
        for (const metric of Object.values(metrics)) expect(metric).not.toHaveProperty('low');
        return;
      }
      const expected = quantiles(repeated, shares);
      Object.values(metrics).forEach((metric, index) => {
        const own = expected[index] ?? 0;
        // The interval of one resample spans from that resample's quantile to the value itself.
        if (metric.kind !== 'value') throw new Error(metric.reason);
        expect(metric.low).toBeCloseTo(Math.min(own, metric.value), 9);
        expect(metric.high).toBeCloseTo(Math.max(own, metric.value), 9);
      });
    }),
  );
});
