import { fitIsolationForest, type IsolationForest, isolationScores } from '../outliers/isolation-forest.js';
import { fitMahalanobis, type MahalanobisModel, mahalanobisSquares } from '../outliers/mahalanobis.js';
import { seededRandom } from '../stats/seeded-random.js';
import type { Columns } from './column-values.js';

/** What tells how alone a row lies; see `domain/outliers`. */
export type OutlierMethod = 'isolationForest' | 'mahalanobis';

/** Made of the kept rows of a reference: the same rows give the same model, so that it need not be kept. */
export type OutlierModel = IsolationForest | MahalanobisModel;

const seed = 21;

/** Null where the rows are too few for their columns, or never vary. */
export function fitOutliers(
  method: OutlierMethod,
  sample: Columns,
  columns: readonly string[],
): OutlierModel | null {
  const rows = numbersOf(sample, columns);
  const model =
    method === 'mahalanobis' ? fitMahalanobis(rows) : fitIsolationForest(rows, seededRandom(seed));
  return model.kind === 'undefined' ? null : model;
}

/** One a row, larger the more alone it lies: 0..1 of a forest, a squared distance of `mahalanobis`. */
export function outlierScores(model: OutlierModel, rows: Columns): Float64Array {
  const numbers = numbersOf(rows, model.columns);
  return model.kind === 'mahalanobis' ? mahalanobisSquares(model, numbers) : isolationScores(model, numbers);
}

function numbersOf(columns: Columns, names: readonly string[]): Record<string, Float64Array> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const column = columns[name];
      return column?.kind === 'numeric' ? [[name, column.values] as const] : [];
    }),
  );
}
