import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { FeedbackRow } from '../../domain/ports/predictions.js';

const mostRows = 10_000;
const usualSource = 'http';

/** What is told of a prediction. */
export interface FeedbackEntry {
  readonly id: string;
  /** Where given, all that is told is of this row. */
  readonly row?: number | undefined;
  readonly truth?: unknown;
  readonly reward?: number | readonly (number | null)[] | undefined;
  /** When it came true, as ISO 8601 has it. */
  readonly at?: string | undefined;
  readonly source?: string | undefined;
}

/**
 * A row for every row that something is said of. Without `row` a list has one entry for each row of the prediction, null
 * where nothing is known; anything else is of its first row. Error: `REQUEST_INVALID` for too many, or for an entry that
 * says nothing.
 */
export function feedbackRows(entries: readonly FeedbackEntry[], receivedAt: string): readonly FeedbackRow[] {
  const rows = entries.flatMap((entry, i) => {
    const told = rowsOf(entry, receivedAt);
    if (told.length > 0) return told;
    throw new RatchetError(
      'REQUEST_INVALID',
      `feedback ${i} has neither truth nor reward, asked for is one of them`,
    );
  });
  if (rows.length <= mostRows) return rows;
  throw new RatchetError(
    'REQUEST_INVALID',
    `there is feedback of ${rows.length} rows, allowed are ${mostRows}`,
  );
}

function rowsOf(
  { id, row: only, truth, reward, at, source = usualSource }: FeedbackEntry,
  receivedAt: string,
): readonly FeedbackRow[] {
  const truths: readonly unknown[] = Array.isArray(truth) && only === undefined ? truth : [truth];
  const rewards = typeof reward === 'number' || reward === undefined ? [reward] : reward;
  const facts = {
    ...{ predictionId: id, source, receivedAt },
    eventAt: at === undefined ? null : new Date(at).toISOString(),
  };
  return Array.from({ length: Math.max(truths.length, rewards.length) }, (_, row) => ({
    ...facts,
    row: only ?? row,
    truth: jsonOf(truths[row]),
    reward: rewards[row] ?? null,
  })).filter(({ truth: known, reward: worth }) => known !== null || worth !== null);
}

/** Whole numbers that a double does not hold are kept as texts. */
function jsonOf(truth: unknown): string | null {
  if (truth === undefined || truth === null) return null;
  return JSON.stringify(truth, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
