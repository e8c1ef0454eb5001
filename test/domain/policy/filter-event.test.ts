import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterEvent } from '../../../domain/policy/filter-event.js';
import { readFilter } from '../../../domain/policy/read-filter.js';

const event = { name: 'promo', source: 'shop/nl', id: 'e-1', at: '2026-01-05T00:00:00Z' };
const payload = {
  kind: 'price',
  rows: 1200,
  share: 0.25,
  live: true,
  none: null,
  tags: ['nl', 'be'],
  shop: { city: 'Delft', sizes: [1, 2, 3] },
  'with dash': 7,
};
const askedOf = (filter: string, given: unknown) => filterEvent(filter, { event, payload: given });
const asked = (filter: string) => askedOf(filter, payload);

describe('the filter of an event', () => {
  it.each([
    'true',
    'payload.rows >= 1000',
    'payload.rows == 1200',
    'payload.share < 0.3 && payload.live',
    'payload.kind == "price" || payload.kind == "stock"',
    'payload.kind in ["price", "stock"]',
    '"nl" in payload.tags',
    'payload.tags[0] == "nl"',
    'payload["with dash"] == 7',
    'size(payload.tags) == 2',
    'payload.shop.sizes[2] * 2 == 6',
    'payload.shop.city.startsWith("De")',
    'event.source.contains("/nl") && event.name == "promo"',
    'event.at > "2026"',
    'has(payload.shop.city) && payload.shop.city == "Delft"',
    '!has(payload.other)',
    '!has(payload.none)',
    'payload.live ? payload.rows > 1.0 : false',
  ])('lets through %s', (filter) => {
    expect(asked(filter)).toEqual({ passes: true, reason: expect.stringMatching(/^the filter is true/) });
  });

  it.each([
    ['false', 'the filter is false'],
    ['payload.rows > 5000', 'the filter is false: 1200 is not above 5000: 3800 lacking'],
    ['payload.kind == "stock"', 'the filter is false: "price" is not "stock"'],
    ['payload.other == 1', 'cannot be answered'],
    ['payload.other == 1 || true', 'cannot be answered'],
    ['payload.none == 1', 'cannot be answered'],
    ['payload.rows == "1200"', 'cannot be answered'],
    ['payload.kind > 3', 'cannot be answered'],
    ['payload.rows', 'cannot be answered'],
    ['payload.kind', 'cannot be answered'],
    ['payload', 'cannot be answered'],
    ['payload.rows / 0 > 1', 'cannot be answered'],
    ['payload.tags[9] == "nl"', 'cannot be answered'],
    ['payload.tags.a == "nl"', 'cannot be answered'],
    ['payload.toString == "x"', 'cannot be answered'],
    ['payload.rows >', 'the filter is no expression'],
  ])('stops %s: %s', (filter, reason) => {
    expect(asked(filter)).toEqual({ passes: false, reason: expect.stringContaining(reason) });
  });

  it.each([undefined, null, {}, [], 'text', 5, true, { rows: { missing: 'x' } }])(
    'stops what it asks of a payload that is %j',
    (given) => {
      expect(askedOf('payload.rows >= 0', given).passes).toBe(false);
      expect(askedOf('payload.rows < 0', given).passes).toBe(false);
    },
  );

  it.each([
    ['payload.tags.all(t, t == "nl")', 'a macro over a list'],
    ['payload.tags.exists(t, true)', 'a macro over a list'],
    ['payload.tags.map(t, t) == payload.tags', 'a macro over a list'],
    ['payload.kind.matches("(a+)+$")', 'an unknown function "matches"'],
    ['matches(payload.kind, "a")', 'an unknown function "matches"'],
    ['timestamp(event.at) > timestamp("2026-01-01T00:00:00Z")', 'an unknown function "timestamp"'],
    ['int(payload.rows) > 1', 'an unknown function "int"'],
    ['body.rows > 1', 'an unknown name "body"'],
    ['event.nam == "promo"', 'an unknown field of "event" "nam"'],
    ['payload.none == null', 'null'],
    ['payload.rows == 5u', 'a constant with a suffix or of bytes'],
    ['payload == {"a": 1}', 'a map or message in braces'],
    ['payload.rows + 1', 'no condition'],
    ['"yes"', 'no condition'],
    ['event', 'no condition'],
    [`${'('.repeat(40)}true${')'.repeat(40)}`, '40 brackets deep'],
    [`${'!'.repeat(20)}true`, 'a row of signs without a value'],
    ['payload.', 'no expression at character 8'],
  ])('is refused before any event comes: %s is %s', (filter, came) => {
    expect(readFilter(filter)).toMatchObject({ kind: 'refused', came: expect.stringContaining(came) });
    expect(asked(filter).passes).toBe(false);
  });

  it('of more than 500 characters is refused', () => {
    expect(readFilter(`payload.a == "${'x'.repeat(500)}"`)).toEqual({
      kind: 'refused',
      came: '515 characters long',
      allowed: 'at most 500',
    });
  });

  it('says what is meant where a name is misspelled', () => {
    expect(readFilter('playload.rows > 1')).toEqual({
      kind: 'refused',
      came: 'an unknown name "playload"',
      allowed: 'one of event, payload (did you mean "payload"?)',
    });
  });

  it('does not throw, and lets nothing through by accident, whatever stands in it and in the payload', () => {
    const word = fc.constantFrom(
      ...[
        'payload',
        '.rows',
        '.tags',
        '[0]',
        '["a"]',
        'event',
        '.name',
        '==',
        '<',
        '&&',
        '||',
        '!',
        '(',
        ')',
        '"x"',
      ],
      ...[
        '1',
        '-',
        '+',
        'in',
        'has(',
        'size(',
        '? true :',
        'true',
        'false',
        ' ',
        'matches(',
        '[',
        ']',
        '{',
        '}',
      ],
    );
    const filter = fc.array(word, { maxLength: 14 }).map((words) => words.join(' '));
    const known = fc.constantFrom<unknown>(payload, {}, null, [[]], 'x', { rows: { rows: [null] } });
    fc.assert(
      fc.property(filter, fc.oneof(known, fc.jsonValue()), (source, given) => {
        const { passes, reason } = askedOf(source, given);
        expect(reason).not.toBe('');
        if (passes) expect(readFilter(source).kind).toBe('parsed');
      }),
      { numRuns: 1500, seed: 20130401 },
    );
  });

  it('stops a payload that is nested without end, and one that is huge costs no more than its reading', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(askedOf('payload.deep == "x"', { deep }).passes).toBe(false);
    const since = performance.now();
    const long = 'a'.repeat(1_000_000);
    expect(askedOf(`${'payload.long + '.repeat(30)}payload.long == "b"`, { long }).passes).toBe(false);
    expect(askedOf('payload.long.contains(payload.long)', { long }).passes).toBe(true);
    expect(performance.now() - since).toBeLessThan(5000);
  });
});
