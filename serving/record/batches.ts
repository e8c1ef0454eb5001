import type { FeedbackRow, PredictionRow, ServedModel } from '../../domain/ports/predictions.js';
import type { ServedMinute } from '../../domain/ports/served-minutes.js';
import type { ReadRecord } from './read-records.js';

/** What is stored at once. */
export type Batch =
  | {
      readonly kind: 'predictions';
      readonly models: readonly ServedModel[];
      readonly rows: readonly PredictionRow[];
    }
  | { readonly kind: 'feedback'; readonly rows: readonly FeedbackRow[] }
  | { readonly kind: 'minutes'; readonly rows: readonly ServedMinute[] };

const mostRows = 1000;
const mostCharacters = 2 ** 20;

/** Records in their order, as few batches as their sizes allow. Those that cannot be read are told apart. */
export function* batchesOf(
  records: Iterable<ReadRecord>,
): Generator<Batch | Extract<ReadRecord, { kind: 'unreadable' }>> {
  let models = new Map<string, ServedModel>();
  let rows: PredictionRow[] = [];
  let characters = 0;
  function* take(): Generator<Batch> {
    if (rows.length > 0) yield { kind: 'predictions', models: [...models.values()], rows };
    models = new Map();
    rows = [];
    characters = 0;
  }
  for (const record of records) {
    if (record.kind !== 'predictions') {
      yield* take();
      yield record;
      continue;
    }
    for (const row of record.rows) {
      models.set(record.served.id, record.served);
      rows.push(row);
      characters += row.inputs.length + row.outputs.length;
      if (rows.length >= mostRows || characters >= mostCharacters) yield* take();
    }
  }
  yield* take();
}
