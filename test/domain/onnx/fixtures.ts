import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Models that scikit-learn trained and skl2onnx exported; `fixtures/generate.py` makes them. */
export type FixtureName =
  | 'logistic'
  | 'logistic-zipmap'
  | 'boosting'
  | 'boosting-wrong'
  | 'regression'
  | 'isolation-forest'
  | 'kmeans';

export function fixturePath(name: FixtureName): string {
  return fileURLToPath(new URL(`./fixtures/${name}.onnx`, import.meta.url));
}

export function fixtureBytes(name: FixtureName): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)));
}

/** Rows by column, and what scikit-learn answers for them. */
export interface FixtureRows {
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
  readonly expected: Readonly<Record<string, readonly number[]>>;
}

export function fixtureRows(name: FixtureName): FixtureRows {
  return JSON.parse(readFileSync(fixturePath(name).replace(/onnx$/, 'json'), 'utf8')) as FixtureRows;
}
