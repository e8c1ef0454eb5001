import fc from 'fast-check';
import type { ApiField, ApiFields, ApiType } from '../../../domain/contract/application-api.js';

const values: Readonly<Record<ApiType, readonly (string | number | boolean)[]>> = {
  string: ['a', 'b', 'c'],
  number: [0, 1, 1.5],
  integer: [0, 1, 2],
  boolean: [true, false],
};

const shapes: fc.Arbitrary<readonly number[]> = fc.constantFrom([], [2], [-1], [2, -1]);

export const anyField: fc.Arbitrary<ApiField> = fc
  .constantFrom<ApiType>('string', 'number', 'integer', 'boolean')
  .chain((type) =>
    fc.record({
      type: fc.constant(type),
      required: fc.boolean(),
      nullable: fc.boolean(),
      allowed: fc.option(fc.subarray([...values[type]], { minLength: 1 })),
      shape: shapes,
    }),
  );

/** Few names, so that two have some in common. */
export const anyFields: fc.Arbitrary<ApiFields> = fc.dictionary(fc.constantFrom('p', 'q', 'r'), anyField, {
  noNullPrototype: true,
});

/** A row that fits the fields. */
export function rowOf(fields: ApiFields): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const cells = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, cellOf(field)]));
  return fc.record(cells, {
    requiredKeys: Object.keys(fields).filter((name) => fields[name]?.required),
    noNullPrototype: true,
  });
}

function cellOf(field: ApiField, depth = 0): fc.Arbitrary<unknown> {
  const size = field.shape[depth];
  if (size !== undefined) {
    const [least, most] = size === -1 ? [0, 3] : [size, size];
    return fc.array(cellOf(field, depth + 1), { minLength: least, maxLength: most });
  }
  const single = fc.constantFrom<unknown>(...(field.allowed ?? values[field.type]));
  return field.nullable ? fc.oneof(single, fc.constant(null)) : single;
}
