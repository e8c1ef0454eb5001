import type { InferenceAnswer } from '../inference-request.js';
import { datatypeOf } from '../tensors/datatypes.js';
import { rawBytesOf } from '../tensors/raw-tensor.js';
import type { InferAnswerMessage } from './messages/infer.js';
import type { ReadInferRequest } from './read-infer-request.js';
import { contentsOf } from './typed-contents.js';

/** The answer in the form in which the request came, under its id. */
export function writeInferAnswer(
  { model, version, outputs, predictionId }: InferenceAnswer,
  { id, raw, marksFinal }: ReadInferRequest,
): InferAnswerMessage {
  const parameters = {
    ...(marksFinal ? { triton_final_response: { bool_param: true } } : {}),
    ...(predictionId === undefined ? {} : { prediction_id: { string_param: predictionId } }),
  };
  return {
    model_name: model,
    model_version: version,
    id,
    ...(marksFinal || predictionId !== undefined ? { parameters } : {}),
    outputs: outputs.map((output) => ({
      name: output.name,
      datatype: datatypeOf[output.type],
      shape: output.dims,
      ...(raw ? {} : { contents: contentsOf(output) }),
    })),
    ...(raw ? { raw_output_contents: outputs.map(rawBytesOf) } : {}),
  };
}
