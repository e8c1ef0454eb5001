import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../../data-plane-port.js';
import { takeFeedback } from '../../feedback/take-feedback.js';
import { predictMessage, type SeldonTarget } from '../../seldon/predict-message.js';
import { toldOf } from '../../seldon/seldon-feedback.js';
import type { Answering } from '../answering.js';
import type { Caller } from '../caller.js';
import { countingRefusals } from '../counting-refusals.js';
import { wireValueOf } from './json-value.js';
import { contentOf, puidOf, readMessage } from './read-message.js';
import type { FeedbackWireMessage, SeldonWireMessage } from './seldon-messages.js';
import { writeMessage } from './write-message.js';

/**
 * Seldon's calls, of the model that the server is for. A server that records nothing does not know feedback.
 * Errors: `MODEL_NOT_FOUND` where the server is for no model, those of `predictMessage` and `takeFeedback`.
 */
export function seldonCalls(plane: DataPlane, answered: Answering) {
  const desk = plane.takeFeedback;
  return {
    Predict: answered((message: SeldonWireMessage, caller: Caller) =>
      countingRefusals(plane, {}, async () => {
        const target = targetOf(plane, caller);
        const read = readMessage(message);
        return writeMessage(read, await predictMessage(plane, target, read));
      }),
    ),
    ...(desk === undefined
      ? {}
      : {
          SendFeedback: answered(async (message: FeedbackWireMessage, caller: Caller) => {
            const told = toldOf(plane, () => targetOf(plane, caller), feedbackOf(message));
            const { completed = [], ...counts } = await takeFeedback(plane, desk, {
              told: [told],
              token: caller.token,
            });
            const puid = 'id' in told.of ? told.of.id : completed[0];
            return { meta: { puid }, jsonData: wireValueOf(counts) };
          }),
        }),
  };
}

function targetOf({ defaultModel: model }: DataPlane, { signal, timeLeftMs }: Caller): SeldonTarget {
  if (model === null) throw new RatchetError('MODEL_NOT_FOUND', 'this server has no default model');
  const timeoutMs = timeLeftMs();
  return { model, signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}

/** A reward of 0 is not told from none on this wire: it is one where nothing else is told. */
function feedbackOf({ request, response, reward, truth }: FeedbackWireMessage) {
  const known = truth === null ? null : contentOf(truth);
  return {
    puid: puidOf(response),
    request: request === null ? null : contentOf(request),
    truth: known,
    reward: reward === 0 && known !== null ? undefined : reward,
  };
}
