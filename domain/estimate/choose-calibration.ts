import { calibrationBinCount, calibrationBins, calibrationErrorOf } from '../metrics/calibration.js';
import type { Random } from '../stats/seeded-random.js';
import { shuffled } from '../stats/shuffle.js';
import { calibrated, fitIsotonic, type IsotonicCurve } from './isotonic.js';

/** How scores become probabilities. JSON-safe. */
export interface Calibration {
  /** Absent where the scores are taken as probabilities as they are. */
  readonly curve?: IsotonicCurve;
  readonly text: string;
  /** Expected calibration error (0..1) on rows held out, without and with a curve; null where it was not measured. */
  readonly errorBefore: number | null;
  readonly errorAfter: number | null;
  /** Labelled rows. */
  readonly n: number;
}

const splits = 3;

/** With fewer rows of either class a curve would follow the sample. */
const leastClassRows = 50;

/**
 * Decides whether scores need an isotonic curve: only where it lowers the expected calibration error (10 bins of equal
 * mass) of rows that it was not fitted on, on average over three random halvings that keep the share of positives. The
 * curve that is kept is fitted on all rows.
 *
 * @param score 0..1, one a row; of rows that the model was not trained on
 * @param label 0 or 1
 * @param random decides the halves
 * @returns no curve with fewer than 50 rows of a class, and `text` says so
 * @throws RangeError where the arrays differ in length, or a score is not within 0..1, a label not 0 or 1
 */
export function chooseCalibration(score: Float64Array, label: Float64Array, random: Random): Calibration {
  if (score.length !== label.length)
    throw new RangeError(`every score needs a label, came ${score.length} and ${label.length}`);
  const wrong = score.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw new RangeError(`a score must be within 0..1, came ${wrong}`);
  const unlabelled = label.find((is) => is !== 0 && is !== 1);
  if (unlabelled !== undefined) throw new RangeError(`a label must be 0 or 1, came ${unlabelled}`);
  const n = score.length;
  const positives = label.reduce((sum, value) => sum + value, 0);
  if (Math.min(positives, n - positives) < leastClassRows) {
    const text = `not checked: ${positives} positive and ${n - positives} negative rows, ${leastClassRows} of each are needed`;
    return { text, errorBefore: null, errorAfter: null, n };
  }
  let [errorBefore, errorAfter] = [0, 0];
  for (let split = 0; split < splits; split++) {
    const { fitted, held } = halves(label, random);
    const curve = fitIsotonic(taken(score, fitted), taken(label, fitted));
    const [heldScore, heldLabel] = [taken(score, held), taken(label, held)];
    errorBefore += expectedCalibrationError(heldLabel, heldScore) / splits;
    errorAfter += expectedCalibrationError(heldLabel, calibrated(curve, heldScore)) / splits;
  }
  const change = `calibration error ${errorBefore.toFixed(4)} as it is, ${errorAfter.toFixed(4)} with a curve`;
  return errorAfter < errorBefore
    ? { curve: fitIsotonic(score, label), text: `${change}: calibrated`, errorBefore, errorAfter, n }
    : { text: `${change}: left as it is`, errorBefore, errorAfter, n };
}

/** The expected calibration error over 10 bins of equal mass, 0..1. */
export function expectedCalibrationError(label: Float64Array, score: Float64Array): number {
  if (score.length === 0) return 0;
  const gaps = new Float64Array(calibrationBinCount);
  calibrationBins(score).forEach((bin, row) => {
    gaps[bin] = (gaps[bin] ?? 0) + (label[row] ?? 0) - (score[row] ?? 0);
  });
  return calibrationErrorOf(gaps, score.length);
}

/** Every second row of a shuffled class goes to either half. */
function halves(label: Float64Array, random: Random): { fitted: Uint32Array; held: Uint32Array } {
  const parts: [number[], number[]] = [[], []];
  for (const wanted of [0, 1]) {
    const rows = Array.from(label.keys()).filter((row) => label[row] === wanted);
    shuffled(rows, random).forEach((row, place) => {
      parts[place % 2 === 0 ? 0 : 1].push(row);
    });
  }
  return { fitted: Uint32Array.from(parts[0]), held: Uint32Array.from(parts[1]) };
}

const taken = (values: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row] ?? 0);
