import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inferBodyShape } from '../../../serving/http/infer/infer-body.js';
import { isInferBody } from '../../../serving/http/infer/is-infer-body.js';

/** The shape of the messages looks at every key but one, which has a test of its own. */
const key = fc.string().filter((name) => name !== '__proto__');
const scalar = fc.oneof(
  fc.string(),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.constantFrom(null, undefined, '__proto__', Number.POSITIVE_INFINITY),
);
const anything = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(key, scalar, { maxKeys: 3 }),
);
/** Mostly what it should be. */
const mostly = <T>(right: fc.Arbitrary<T>) => fc.oneof({ weight: 12, arbitrary: right }, anything);
const object = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, needed: (keyof T & string)[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record(fields, { requiredKeys: needed }) },
    fc.record(fields, { requiredKeys: [] }),
  );

const parameters = mostly(
  fc.dictionary(key, mostly(fc.oneof(fc.string(), fc.integer(), fc.bigInt(), fc.boolean())), {
    maxKeys: 3,
  }),
);
const input = object(
  {
    name: mostly(fc.string()),
    datatype: mostly(fc.string()),
    shape: mostly(fc.array(mostly(fc.integer()), { maxLength: 3 })),
    data: mostly(fc.array(scalar, { maxLength: 3 })),
    parameters,
    stranger: scalar,
  },
  ['name', 'datatype', 'shape'],
);
const output = object({ name: mostly(fc.string()), parameters, stranger: scalar }, ['name']);
const body = object(
  {
    id: mostly(fc.string()),
    parameters,
    inputs: mostly(fc.array(mostly(input), { maxLength: 3 })),
    outputs: mostly(fc.array(mostly(output), { maxLength: 2 })),
    stranger: scalar,
  },
  ['inputs'],
);

test('a body that is taken as it came and one in the shape of its messages are the same bodies', () => {
  const seen = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(mostly(body), (value) => {
      const isTaken = isInferBody(value);
      seen[isTaken ? 'taken' : 'refused'] += 1;
      const parsed = inferBodyShape.safeParse(value);
      expect(isTaken).toBe(parsed.success);
      // What the shape leaves out is read by nobody.
      if (parsed.success) expect(value).toMatchObject(parsed.data);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(300);
});

test('a parameter of the one name that the shape leaves out is never taken for more than it is', () => {
  for (const value of ['"x"', '[]']) {
    const body: unknown = JSON.parse(`{"inputs":[],"parameters":{"__proto__":${value}}}`);
    expect(inferBodyShape.parse(body).parameters).toEqual({});
    // Where it is not taken it goes by the shape.
    if (isInferBody(body)) expect(body.parameters?.['timeout']).toBeUndefined();
  }
});
