import { randomUUID } from 'node:crypto';
import type { DataPlane } from '../data-plane-port.js';
import type { InferenceAnswer, InferenceRequest } from '../inference-request.js';
import { inputsOf, type SeldonMessage } from './seldon-message.js';

/** The model that is asked, for whom and for how long. */
export type SeldonTarget = Pick<InferenceRequest, 'model' | 'signal' | 'timeoutMs'>;

export interface SeldonPrediction {
  readonly answer: InferenceAnswer;
  readonly rows: number;
  /** What feedback names: the prediction as it is recorded; where it is not, what whoever asks calls it, or a new one. */
  readonly puid: string;
}

/** What a model answers to a message. Errors: those of `DataPlane.infer`. */
export async function predictMessage(
  plane: DataPlane,
  target: SeldonTarget,
  message: SeldonMessage,
): Promise<SeldonPrediction> {
  const request = inferenceRequestOf(plane, target, message);
  const answer = await plane.infer(request);
  const puid = answer.predictionId ?? message.puid ?? randomUUID();
  return { answer, rows: request.inputs[0]?.dims[0] ?? 0, puid };
}

/** The version whose inputs were read answers, also where another takes its place meanwhile. */
export function inferenceRequestOf(
  plane: DataPlane,
  target: SeldonTarget,
  { content, puid }: Pick<SeldonMessage, 'content' | 'puid'>,
): InferenceRequest {
  const served = plane.find(target.model, null);
  const inputs = inputsOf(served, content);
  return { ...target, version: served.version, inputs, outputs: [], requestId: puid };
}
