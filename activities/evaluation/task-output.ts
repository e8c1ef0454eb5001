import type { EvaluationConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { numbersOf } from '../../inference/codec/decode.js';
import { elementCount, type TensorValue } from '../../inference/codec/tensors.js';

/**
 * The number a model is judged by, for each row: the probability of 1 (the last of two columns), the prediction, the
 * anomaly score (higher is more unusual), the cluster.
 */
export function scoreOf(
  { task, output }: EvaluationConfig,
  answers: ReadonlyMap<string, TensorValue>,
): Float64Array {
  const tensor = answers.get(output);
  if (!tensor)
    throw new RatchetError(
      'MODEL_INTERFACE',
      `the model gives no output "${output}"; it gives ${[...answers.keys()].join(', ')}`,
    );
  const width = elementCount(tensor.dims.slice(1));
  const widest = task === 'classification' ? 2 : 1;
  if (width > widest) {
    throw new RatchetError(
      'MODEL_INTERFACE',
      `output "${output}" has ${width} columns for each row; ${task} takes ${widest === 1 ? 'one' : 'one or two'}`,
      { width },
    );
  }
  return numbersOf(tensor, width - 1);
}
