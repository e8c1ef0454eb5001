import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { FeedbackRow } from '../../domain/ports/predictions.js';
import { timeOfPredictionId } from '../../domain/predictions/prediction-id.js';
import { isUnsampledId } from '../../domain/predictions/unsampled-id.js';
import type { Recorder } from './recorder.js';

/** What a server can say at once of feedback. The database decides later, and knows all of it. */
export interface FeedbackReply {
  readonly accepted: number;
  /** Told to this server lately by the same source of the same row. */
  readonly duplicate: number;
  /** Their ids are none of predictions; kept aside like those of predictions that do not come. */
  readonly unknown: number;
  /** Of answers that were chosen not to be recorded: there is nothing to keep it with. Absent where there are none. */
  readonly unsampled?: number;
}

/** Rows whose telling is remembered. */
const mostRemembered = 100_000;

/** Takes what is told of predictions, and forgets the oldest of it. Error: `OVERLOADED` where there is no room for it. */
export function createFeedbackDesk(recorder: Pick<Recorder, 'recordFeedback'>) {
  const told = new Set<string>();

  function remember(keys: readonly string[]): void {
    for (const key of keys) told.add(key);
    for (const key of told) {
      if (told.size <= mostRemembered) break;
      told.delete(key);
    }
  }

  return async (all: readonly FeedbackRow[]): Promise<FeedbackReply> => {
    const rows = all.filter(({ predictionId }) => !isUnsampledId(predictionId));
    const unsampled = all.length - rows.length;
    const fresh = new Map<string, FeedbackRow>();
    for (const row of rows) {
      const key = JSON.stringify([row.predictionId, row.row, row.source]);
      if (!told.has(key) && !fresh.has(key)) fresh.set(key, row);
    }
    const taken = [...fresh.values()];
    if (taken.length > 0 && !(await recorder.recordFeedback(JSON.stringify(taken)))) {
      throw new RatchetError('OVERLOADED', 'there is no room to keep feedback, send it again later');
    }
    remember([...fresh.keys()]);
    const unknown = taken.filter(({ predictionId }) => timeOfPredictionId(predictionId) === null).length;
    const counts = { accepted: taken.length - unknown, duplicate: rows.length - taken.length, unknown };
    return unsampled === 0 ? counts : { ...counts, unsampled };
  };
}
