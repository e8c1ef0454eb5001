import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { FeedbackRow, PredictionRow, ServedModel } from '../../domain/ports/predictions.js';
import type { ServedMinute } from '../../domain/ports/served-minutes.js';
import { timeOfPredictionId } from '../../domain/predictions/prediction-id.js';
import type { Answered } from './answered.js';
import { type ReadBlocks, recordsOf, type SpooledRecord } from './read-blocks.js';
import { readPrediction } from './read-prediction.js';
import { recordKinds, type SpooledModel } from './record-format.js';
import { rowValues, wholeValues } from './row-values.js';

/** What is in a record, ready to be stored. */
export type ReadRecord =
  | { readonly kind: 'predictions'; readonly served: ServedModel; readonly rows: readonly PredictionRow[] }
  | { readonly kind: 'feedback'; readonly rows: readonly FeedbackRow[] }
  | { readonly kind: 'minutes'; readonly rows: readonly ServedMinute[] }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly bytes: Buffer };

/** Records of a segment in their order. */
export function* readRecords({ blocks }: ReadBlocks): Generator<ReadRecord> {
  const models = new Map<number, ServedModel>();
  for (const { body } of blocks) {
    for (const record of recordsOf(body)) {
      if (record.kind === recordKinds.model) {
        const { number, model } = JSON.parse(record.bytes.toString('utf8')) as SpooledModel<ServedModel>;
        models.set(number, model);
      } else {
        yield readOne(record, models);
      }
    }
  }
}

function readOne({ kind, bytes }: SpooledRecord, models: ReadonlyMap<number, ServedModel>): ReadRecord {
  try {
    if (kind === recordKinds.prediction || kind === recordKinds.forFeedback) {
      const forFeedback = kind === recordKinds.forFeedback;
      return predictionsOf({ ...readPrediction(bytes, models), forFeedback });
    }
    if (kind === recordKinds.feedback) {
      return { kind: 'feedback', rows: JSON.parse(bytes.toString('utf8')) as FeedbackRow[] };
    }
    if (kind === recordKinds.minutes) {
      return { kind: 'minutes', rows: JSON.parse(bytes.toString('utf8')) as ServedMinute[] };
    }
    throw new Error(`it is of the kind ${kind}, which this version does not know`);
  } catch (error) {
    return { kind: 'unreadable', reason: messageOf(error), bytes };
  }
}

function predictionsOf(answered: Answered & { readonly id: string }): ReadRecord {
  const { id, served, rows, inputs, outputs } = answered;
  const { unitId: unit = null, requestId = null, eventAt = null, forFeedback = false } = answered;
  const at = timeOfPredictionId(id);
  if (at === null) throw new Error('its id has no time');
  const facts = { id, at, eventAt, served: served.id, unit, requestId, forFeedback };
  const rowOf = (row: number, inputs: string, outputs: string): PredictionRow => ({
    ...facts,
    row,
    inputs,
    outputs,
  });
  const [came, went] = [rowValues(inputs, rows), rowValues(outputs, rows)];
  if (came === null || went === null) {
    const whole = rowOf(0, wholeValues(inputs), wholeValues(outputs));
    return { kind: 'predictions', served, rows: [whole] };
  }
  const each = came.map((values, row) => rowOf(row, values, went[row] ?? '{}'));
  return { kind: 'predictions', served, rows: each };
}
