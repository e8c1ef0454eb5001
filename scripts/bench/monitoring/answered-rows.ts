import type { MonitoringConfig } from '../../../domain/config/monitoring.js';
import type { ProfileInput } from '../../../domain/monitoring/profile/make-profile.js';
import type { ServedModel } from '../../../domain/ports/predictions.js';
import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import type { Answered } from '../../../serving/record/answered.js';

export const inputs = Array.from({ length: 20 }, (_, at) => `c${at}`);
export const output = 'probability';
/** So many different rows come over and over: more than are looked at for rows that came before. */
const differentRows = 5000;
const referenceRows = 100_000;

/** A row of twenty numbers, what the model says of it, and what turns out to be true. */
interface MadeRow {
  readonly inputs: readonly number[];
  readonly score: number;
  readonly label: 0 | 1;
}

function rowsOf(seed: number): () => MadeRow {
  const random = seededRandom(seed);
  const normal = () => normalDraw(random);
  return () => {
    const values = inputs.map(() => Math.fround(normal()));
    const score = Math.fround(1 / (1 + Math.exp(-(values[0] ?? 0))));
    return { inputs: values, score, label: random() < score ? 1 : 0 };
  };
}

/** Requests of one row each as a server records them, and the truth of each. */
export function answeredRows(
  served: ServedModel,
): readonly { readonly answered: Answered; readonly label: number }[] {
  const next = rowsOf(11);
  const tensor = (name: string, value: number) =>
    ({ name, type: 'float32', dims: [1, 1], data: Float32Array.of(value) }) as const;
  return Array.from({ length: differentRows }, () => {
    const row = next();
    const came = row.inputs.map((value, at) => tensor(`c${at}`, value));
    const answered = { served, rows: 1, inputs: came, outputs: [tensor(output, row.score)] };
    return { answered, label: row.label };
  });
}

/** The rows that the model was made from: the same world. */
export function referenceInput({ drift, detectors }: MonitoringConfig): ProfileInput {
  const next = rowsOf(12);
  const rows = Array.from({ length: referenceRows }, next);
  const columns = inputs.map((name, at) => {
    const values = Float64Array.from(rows, (row) => row.inputs[at] ?? Number.NaN);
    return [name, { kind: 'numeric', values }] as const;
  });
  const labels = Float64Array.from(rows, ({ label }) => label);
  const scores = Float64Array.from(rows, ({ score }) => score);
  return {
    ...{ columns: Object.fromEntries(columns), windows: [], labels, floor: drift.floor },
    detectors,
    validationFrom: referenceRows * 0.8,
    test: {
      ...{ task: 'classification', primary: 'rocAuc', threshold: 0.5, concept: detectors.concept },
      ...{ labels, scores },
    },
  };
}
