import type { DataPlane } from '../data-plane-port.js';
import type { Caller } from './caller.js';
import { countingRefusals } from './counting-refusals.js';
import type { InferAnswerMessage, InferRequestMessage } from './messages/infer.js';
import { readInferRequest } from './read-infer-request.js';
import { writeInferAnswer } from './write-infer-answer.js';

/** ModelInfer. Errors: those of `DataPlane.infer`, and `REQUEST_INVALID` for a message that is no request. */
export function createModelInfer(plane: DataPlane) {
  return (message: InferRequestMessage, caller: Caller): Promise<InferAnswerMessage> => {
    const version = message.model_version === '' ? null : message.model_version;
    return countingRefusals(plane, { model: message.model_name, version }, async () => {
      const read = readInferRequest(message, caller);
      return writeInferAnswer(await plane.infer(read.request), read);
    });
  };
}
