import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';

/** Normal numbers of a stream. */
export function normals(random: Random): () => number {
  return () => normalDraw(random);
}

/** Rows of two numbers and a text, drawn from one seed; `row` makes the numbers of one. */
export function table(
  seed: number,
  rows: number,
  row: (normal: () => number, at: number) => readonly [number, number] = (normal) => [normal(), normal()],
): Record<string, ColumnValues> {
  const random = seededRandom(seed);
  const normal = normals(random);
  const [x, y] = [new Float64Array(rows), new Float64Array(rows)];
  const kind = Array.from({ length: rows }, (_, at) => {
    [x[at], y[at]] = row(normal, at);
    return 'abc'[Math.floor(random() * 3)] ?? 'a';
  });
  return {
    x: { kind: 'numeric', values: x },
    y: { kind: 'numeric', values: y },
    kind: { kind: 'categorical', values: kind },
  };
}
