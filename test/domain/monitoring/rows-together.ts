import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { makeProfile, type ProfileInput } from '../../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
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

/** A profile of these rows as it comes back from its store. */
export function storedProfile(
  input: Pick<ProfileInput, 'columns' | 'detectors'> & Partial<ProfileInput>,
): ReferenceProfile {
  const profile = makeProfile({ windows: [], test: null, floor: 0.05, ...input });
  return JSON.parse(JSON.stringify(profile)) as ReferenceProfile;
}

/** Whole windows of so many rows each, one after the other. */
export const weeks = (count: number, rows: number): readonly Int32Array[] =>
  Array.from({ length: count }, (_, week) => Int32Array.from({ length: rows }, (__, at) => week * rows + at));
