import type { FeedbackRow, PredictionRow, ServedModel } from '../../../domain/ports/predictions.js';
import type { PlannedRow } from './planned-days.js';

export function predictionRow(row: PlannedRow, { id: served }: ServedModel): PredictionRow {
  return {
    ...{ id: row.id, row: 0, at: isoOf(row.answeredMs), eventAt: null, served, unit: null, requestId: null },
    forFeedback: false,
    inputs: JSON.stringify(row.inputs),
    outputs: JSON.stringify({ score: row.score }),
  };
}

export function feedbackRow({ id, truth }: PlannedRow, receivedMs: number): FeedbackRow {
  return {
    ...{ predictionId: id, row: 0, source: 'airline', truth: String(truth), reward: null, eventAt: null },
    receivedAt: isoOf(receivedMs),
  };
}

const isoOf = (ms: number) => new Date(ms).toISOString();
