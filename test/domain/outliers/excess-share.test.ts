import { describe, expect, it } from 'vitest';
import { excessShare } from '../../../domain/outliers/excess-share.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

describe('the excess of outliers', () => {
  const reference = { outliers: 50, rows: 5000 };

  it('alarms where the lower end of the share lies above twice that of the reference', () => {
    const found = excessShare({ outliers: 30, rows: 500 }, reference);
    expect(found).toMatchObject({ verdict: 'fail', share: 0.06, limit: 0.02 });
    expect(found.low).toBeCloseTo(0.0423484, 6);
    expect(found.text).toBe('6.00 % outliers, at least 4.23 % (above 2.00 % it is an excess)');
    expect(excessShare({ outliers: 16, rows: 500 }, reference).verdict).toBe('pass');
  });

  it('does not alarm for the usual share, in none of 1000 windows', () => {
    const random = seededRandom(4);
    for (let window = 0; window < 1000; window += 1) {
      let outliers = 0;
      for (let row = 0; row < 500; row += 1) if (random() < 0.01) outliers += 1;
      expect(excessShare({ outliers, rows: 500 }, reference).verdict).toBe('pass');
    }
  });

  it('takes a reference without outliers as one that might have had three', () => {
    const none = { outliers: 0, rows: 3000 };
    expect(excessShare({ outliers: 1, rows: 200 }, none)).toMatchObject({ verdict: 'pass', limit: 0.002 });
    expect(excessShare({ outliers: 9, rows: 200 }, none).verdict).toBe('fail');
  });

  it('says too few instead of stable, and refuses counts that cannot be', () => {
    expect(excessShare({ outliers: 9, rows: 199 }, reference).verdict).toBe('inconclusive');
    expect(excessShare({ outliers: 0, rows: 0 }, reference)).toMatchObject({
      verdict: 'inconclusive',
      share: null,
      low: null,
    });
    expect(() => excessShare({ outliers: 2, rows: 1 }, reference)).toThrow('came 2');
    expect(() => excessShare({ outliers: 0, rows: 1 }, { outliers: 0, rows: 0 })).toThrow('came 0');
  });
});
