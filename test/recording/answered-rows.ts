import type { ServedModel } from '../../domain/ports/predictions.js';
import type { Answered } from '../../serving/record/answered.js';

export const served: ServedModel = {
  id: '01234567-89ab-8cde-a123-456789abcdef',
  project: null,
  endpoint: 'delays',
  model: 'late-arrival',
  version: '3',
  modelDigest: 'd'.repeat(64),
  interface: {
    inputs: [{ name: 'x', type: 'float32', shape: [-1, 1] }],
    outputs: [{ name: 'y', type: 'float32', shape: [-1, 1] }],
  },
};

/** An answer of as many rows as there are numbers; `y` is one more than `x`. */
export function answered(...numbers: readonly number[]): Answered {
  const tensor = (name: string, values: readonly number[]) =>
    ({ name, type: 'float32', dims: [values.length, 1], data: Float32Array.from(values) }) as const;
  return {
    served,
    rows: numbers.length,
    inputs: [tensor('x', numbers)],
    outputs: [
      tensor(
        'y',
        numbers.map((n) => n + 1),
      ),
    ],
  };
}
