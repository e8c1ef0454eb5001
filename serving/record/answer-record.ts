import { createHash } from 'node:crypto';
import { canonicalText } from '../../domain/canonical-text.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { FeedbackRow, ServedModel } from '../../domain/ports/predictions.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { CheckedRequest } from '../check-request.js';
import type { InferenceRequest } from '../inference-request.js';
import type { LiveVersion } from '../models/live-version.js';
import type { ModelSource } from '../models/model-source.js';
import { createFeedbackDesk, type FeedbackReply } from './feedback-desk.js';
import type { Recording } from './open-recording.js';
import { createVeil, type Veil, type VeilRules } from './veil.js';

/** What answered, as it is recorded, and what is taken out of its inputs before. */
interface Kept {
  readonly served: ServedModel;
  readonly veil: Veil | null;
}

/** The version that answered. */
interface Source {
  readonly model: string;
  readonly version: string;
  readonly live: LiveVersion;
}

/** What the data plane has of recording: it keeps each answer before that goes out. */
export interface AnswerRecord {
  /** Error: `OVERLOADED` where there is no room and requests are refused then. */
  requireRoom(): void;
  /** The id of the prediction; undefined where it was not recorded. Error: `OVERLOADED` as above. */
  keep(
    source: Source,
    request: CheckedRequest,
    outputs: readonly TensorValue[],
    asked: Pick<InferenceRequest, 'unitId' | 'requestId' | 'eventAt' | 'forFeedback'>,
  ): Promise<string | undefined>;
  /** What turned out to be true. Error: `OVERLOADED` where there is no room for it. */
  takeFeedback(rows: readonly FeedbackRow[]): Promise<FeedbackReply>;
  /** After the last answer. */
  close(): Promise<void>;
}

interface Recorded extends Pick<Recording, 'recorder' | 'close'> {
  /** What is taken out of inputs; null for nothing. */
  readonly veil?: VeilRules | null;
}

export function createAnswerRecord(
  { recorder, close, veil: rules = null }: Recorded,
  origin: ModelSource['origin'],
): AnswerRecord {
  // Written once for each: to write into a weak map costs more than all the rest of recording an answer.
  const known = new WeakMap<LiveVersion, Kept>();
  function keptOf(source: Source): Kept {
    const found = known.get(source.live);
    if (found !== undefined) return found;
    const made = kept(source);
    known.set(source.live, made);
    return made;
  }
  function kept(source: Source): Kept {
    const veil = rules === null ? null : createVeil(source.live.interface, rules);
    const shape = veil?.interface ?? source.live.interface;
    return { served: describe(source, origin(source.model), shape), veil };
  }
  return {
    requireRoom: () => recorder.requireRoom(),
    keep: (source, { rows, inputs }, outputs, { unitId, requestId, eventAt, forFeedback }) => {
      const { served, veil } = keptOf(source);
      const kept = veil === null ? inputs : veil.inputs(inputs);
      return recorder.record({
        served,
        rows,
        inputs: kept,
        outputs,
        unitId,
        requestId,
        eventAt,
        forFeedback,
      });
    },
    takeFeedback: createFeedbackDesk(recorder),
    close,
  };
}

/** Its id is made of all the rest: every server that serves the same gives it the same. */
function describe(
  { model, version, live }: Source,
  origin: ReturnType<ModelSource['origin']>,
  shape: OnnxInterface,
): ServedModel {
  const facts = {
    ...origin,
    model,
    version,
    modelDigest: live.sha256,
    interface: shape,
  };
  const hash = createHash('sha256').update(canonicalText(facts)).digest('hex');
  // A UUID of version 8: what its bits are is ours to say.
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return { id, ...facts };
}
