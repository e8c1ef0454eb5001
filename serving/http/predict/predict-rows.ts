import type { DataPlane } from '../../data-plane-port.js';
import type { Gone } from '../../departure.js';
import { requireInterface } from '../require-interface.js';
import { cellsToTensor } from './cells-to-tensor.js';
import type { PredictRows } from './predict-body.js';
import { predictionTexts } from './prediction-texts.js';
import { readCells } from './read-cells.js';

/** Who is asked, and until when. */
export interface Target {
  readonly model: string;
  readonly version: string | null;
  readonly signal: Gone;
  /** Of whoever asks. */
  readonly requestId?: string | undefined;
  readonly eventAt?: string | undefined;
}

export interface Predictions {
  /** JSON of each row's prediction. */
  readonly texts: readonly string[];
  readonly model: string;
  readonly version: string;
  /** Of all of the rows; absent where they are not recorded. */
  readonly predictionId: string | undefined;
}

/** Rows in, their predictions out. Errors: those of `DataPlane.infer`. */
export async function predictRows(plane: DataPlane, target: Target, body: PredictRows): Promise<Predictions> {
  const served = plane.find(target.model, target.version);
  const { inputs } = requireInterface(served);
  const cells = readCells(inputs, body);
  const rows = cells[0]?.length ?? 0;
  const tensors = inputs.map((input, i) => cellsToTensor(input, cells[i] ?? []));
  // The version whose inputs were read answers, also where another takes its place meanwhile.
  const asked = { ...target, version: served.version };
  const answer = await plane.infer({ ...asked, inputs: tensors, outputs: [] });
  const { outputs, model, version, predictionId } = answer;
  return { texts: predictionTexts(outputs, rows), model, version, predictionId };
}
