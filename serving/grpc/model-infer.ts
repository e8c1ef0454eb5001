import type { DataPlane } from '../data-plane-port.js';
import type { Caller } from './caller.js';
import type { InferAnswerMessage, InferRequestMessage } from './messages/infer.js';
import { readInferRequest } from './read-infer-request.js';
import { writeInferAnswer } from './write-infer-answer.js';

/** ModelInfer. Errors: those of `DataPlane.infer`, and `REQUEST_INVALID` for a message that is no request. */
export function createModelInfer(plane: DataPlane) {
  return async (message: InferRequestMessage, caller: Caller): Promise<InferAnswerMessage> => {
    const read = readInferRequest(message, caller);
    return writeInferAnswer(await plane.infer(read.request), read);
  };
}
