import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../data-plane-port.js';
import type { ToldFeedback } from '../feedback/take-feedback.js';
import { inferenceRequestOf, type SeldonTarget } from './predict-message.js';
import type { SeldonContent } from './seldon-message.js';
import { rowsOfTensor } from './seldon-rows.js';

/** Feedback of Seldon, whichever way it came. */
export interface SeldonFeedback {
  /** Of the answer. */
  readonly puid: string | undefined;
  readonly request: SeldonContent | null;
  readonly truth: SeldonContent | null;
  readonly reward: number | undefined;
}

/**
 * The prediction is that of the id, else it is made again of the request. A reward is of every row that there is truth of, 0
 * too. Errors: `REQUEST_INVALID` where there is neither, or the truth has no rows; those of `inputsOf`.
 */
export function toldOf(
  plane: DataPlane,
  target: () => SeldonTarget,
  { puid, request, truth, reward }: SeldonFeedback,
): ToldFeedback {
  const truths = truth === null ? undefined : truthsOf(truth);
  const facts = {
    truth: truths,
    reward: reward === undefined ? undefined : (truths ?? [null]).map(() => reward),
  };
  if (puid !== undefined && puid !== '') {
    if (puid.length <= 200) return { ...facts, of: { id: puid } };
  } else if (request !== null) {
    return {
      ...facts,
      of: { request: inferenceRequestOf(plane, target(), { content: request, puid: undefined }) },
    };
  }
  throw new RatchetError(
    'REQUEST_INVALID',
    'response.meta.puid is not what is asked for, allowed is the id of a prediction, of 1 to 200 characters, or none and a request',
  );
}

/** A row of one value is that value. */
function truthsOf(truth: SeldonContent): readonly unknown[] {
  switch (truth.kind) {
    case 'ndarray':
      return truth.rows.map(only);
    case 'tensor':
      return rowsOfTensor(truth.shape, truth.values).map(only);
    case 'json':
      return Array.isArray(truth.value) ? truth.value : [truth.value];
    case 'text':
      return [truth.text];
    case 'bytes':
      throw new RatchetError('REQUEST_INVALID', 'truth is bytes, allowed are data, jsonData and strData');
  }
}

const only = (row: unknown): unknown => (Array.isArray(row) && row.length === 1 ? row[0] : row);
