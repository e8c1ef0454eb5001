import { describe, expect, it } from 'vitest';
import { categoryBins } from '../../../domain/drift/category-bins.js';
import { estimateValidity, type KnownRegion } from '../../../domain/estimate/estimate-validity.js';

const known = categoryBins(['a', 'a', 'b']);
if (!known) throw new Error('the reference has values');
const regions: Record<string, KnownRegion> = {
  temp: { kind: 'numeric', low: -5, high: 12 },
  origin: { kind: 'categorical', known },
};

describe('whether an estimate may be believed', () => {
  it('says which share of rows lies where the reference has none, and in which columns', () => {
    const found = estimateValidity(regions, {
      temp: Float64Array.of(20, 3, Number.POSITIVE_INFINITY, Number.NaN, 12, -5, 13, 0, 0, 0),
      origin: ['z', 'a', 'b', null, 'a', 'a', 'a', 'a', 'a', 'a'],
    });
    expect(found).toEqual({
      valid: false,
      text: 'not valid: 30.0 % of rows lie where the reference has none (at most 5.0 % are allowed)',
      outsideShare: 0.3,
      columns: [
        { column: 'temp', share: 0.3 },
        { column: 'origin', share: 0.1 },
      ],
    });
  });

  it('believes it where nearly all rows are of a kind that was seen', () => {
    const temp = new Float64Array(100).fill(7);
    temp[0] = 99;
    const found = estimateValidity(regions, { temp, origin: new Array<string>(100).fill('b') });
    expect(found).toMatchObject({ valid: true, outsideShare: 0.01, columns: [{ column: 'temp' }] });
  });

  it('believes nothing without rows, and refuses columns that are not there', () => {
    expect(estimateValidity(regions, { temp: new Float64Array(0), origin: [] })).toMatchObject({
      valid: false,
      outsideShare: null,
    });
    expect(() => estimateValidity(regions, { temp: Float64Array.of(1) })).toThrow(
      'origin needs 1 rows, came none',
    );
    expect(() => estimateValidity(regions, { temp: ['x'], origin: ['a'] })).toThrow('temp needs numbers');
  });
});
