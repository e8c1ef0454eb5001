import type { OnnxInterface } from '../onnx/model-interface.js';
import { rowMisfit } from './row-fit.js';
import { stockApi } from './stock-api.js';

/** What of a row does not fit the inputs of a model, naming the input; null where all fits. */
export function modelRowMisfit(shape: Pick<OnnxInterface, 'inputs'>, row: unknown): string | null {
  return rowMisfit(stockApi({ inputs: shape.inputs, outputs: [] }).input, row);
}
