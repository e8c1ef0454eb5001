import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { packageRoot } from '../../../stack/package-root.js';

/** A row of the smallest project whose model was trained. */
export interface Point {
  /** Null where it is not known. */
  readonly x: number | null;
  readonly y: number;
  readonly label: 0 | 1;
}

/** A logistic regression of points, and what its trainer says itself. */
export interface TrainedPoints {
  /** The ONNX file. */
  readonly file: Buffer;
  /** Probability of 1 for each point, worked out by the trainer's own code in 64 bits. */
  probabilities(points: readonly Point[]): Float64Array;
}

const epochs = 100;
const options = { learningRate: 0.5, momentum: 0.9, penalty: 0.0001 };

/** Points around 0, of which every tenth has no x; the same with every seed. */
export function makePoints(count: number, seed = 7): readonly Point[] {
  const random = seededRandom(seed);
  const coordinate = () => Math.round((random() * 8 - 4) * 10_000) / 10_000;
  return Array.from({ length: count }, (_, at) => {
    const [x, y] = [coordinate(), coordinate()];
    const probability = 1 / (1 + Math.exp(-1.5 * x + y - 0.3));
    return { x: at % 10 === 9 ? null : x, y, label: random() < probability ? 1 : 0 };
  });
}

/** Trains on points as the JavaScript trainer of the example does. */
export async function trainOnPoints(points: readonly Point[]): Promise<TrainedPoints> {
  const trainer = await loadTrainer();
  const columns = columnsOf(points);
  const scaling = trainer.fitScaling(columns);
  const scaled = trainer.scale(columns, scaling);
  const labels = Float64Array.from(points, ({ label }) => label);
  let state = trainer.startState(columns.length);
  while (state.epoch < epochs) state = trainer.descend(state, scaled, labels, options);
  return {
    file: trainer.logisticRegressionFile(['x', 'y'], scaling, state),
    probabilities: (asked) => trainer.probabilities(trainer.scale(columnsOf(asked), scaling), state),
  };
}

type Columns = readonly Float64Array[];
type State = { readonly epoch: number };

/** The example's own trainer, which is plain JavaScript. */
interface Trainer {
  fitScaling(columns: Columns): object;
  scale(columns: Columns, scaling: object): Columns;
  startState(width: number): State;
  descend(state: State, columns: Columns, labels: Float64Array, options: object): State;
  probabilities(columns: Columns, state: State): Float64Array;
  logisticRegressionFile(names: readonly string[], scaling: object, state: State): Buffer;
}

async function loadTrainer(): Promise<Trainer> {
  const folder = join(packageRoot(), 'examples/flight-delay/training-js');
  const parts = ['logistic-regression.js', 'onnx-file.js'];
  const modules = await Promise.all(parts.map((name) => import(pathToFileURL(join(folder, name)).href)));
  return Object.assign({}, ...modules) as Trainer;
}

/** The inputs as the ONNX file sees them: 32-bit numbers, NaN where there is none. */
function columnsOf(points: readonly Point[]): Columns {
  const column = (pick: (point: Point) => number | null) =>
    Float64Array.from(points, (point) => Math.fround(pick(point) ?? Number.NaN));
  return [column(({ x }) => x), column(({ y }) => y)];
}
