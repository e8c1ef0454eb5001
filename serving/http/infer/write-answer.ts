import type { TensorValue } from '../../../inference/codec/tensors.js';
import type { InferenceAnswer } from '../../inference-request.js';
import { datatypeOf } from '../../tensors/datatypes.js';
import { elementsText } from '../../tensors/json-text.js';
import { rawBytesOf } from '../../tensors/raw-tensor.js';
import { type Answer, answerJsonText, type ContentAnswer, withPredictionId } from '../call.js';
import { headerLengthName } from './split-body.js';

/** An answer of the Open Inference Protocol; the bytes of binary outputs follow its JSON in their order. */
export function writeInferAnswer(
  answer: InferenceAnswer,
  id: string | undefined,
  isBinary: (output: string) => boolean,
): Answer {
  const bytes: Buffer[] = [];
  let outputs = '';
  for (const tensor of answer.outputs) {
    if (outputs !== '') outputs += ',';
    if (isBinary(tensor.name)) outputs += binaryOutput(tensor, bytes);
    else outputs += `${head(tensor)},"data":[${elementsText(tensor)}]}`;
  }
  const echoed = id === undefined ? '' : `"id":${JSON.stringify(id)},`;
  const { predictionId } = answer;
  const recorded = predictionId === undefined ? '' : `"parameters":{"prediction_id":"${predictionId}"},`;
  const json = `{"model_name":${JSON.stringify(answer.model)},"model_version":${JSON.stringify(answer.version)},${echoed}${recorded}"outputs":[${outputs}]}`;
  return withPredictionId(
    bytes.length === 0 ? answerJsonText(json) : binaryAnswer(Buffer.from(json), bytes),
    predictionId,
  );
}

function binaryAnswer(json: Buffer, bytes: readonly Buffer[]): ContentAnswer {
  return {
    headers: { 'content-type': 'application/octet-stream', [headerLengthName]: String(json.length) },
    content: Buffer.concat([json, ...bytes]),
  };
}

const head = ({ name, type, dims }: TensorValue) =>
  `{"name":${JSON.stringify(name)},"datatype":"${datatypeOf[type]}","shape":[${dims.join(',')}]`;

/** Its bytes go behind those that are there. */
function binaryOutput(tensor: TensorValue, bytes: Buffer[]): string {
  const own = rawBytesOf(tensor);
  bytes.push(own);
  return `${head(tensor)},"parameters":{"binary_data_size":${own.length}}}`;
}
