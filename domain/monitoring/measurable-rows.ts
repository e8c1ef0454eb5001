import type { EvaluationTask } from '../metrics/evaluation.js';

/** Rows that have both an answer and a truth that fits the task, by their ordinals. NaN is none. */
export function measurableRows(
  task: EvaluationTask,
  { labels, scores }: { readonly labels: Float64Array; readonly scores: Float64Array },
): readonly number[] {
  const isBinary = task === 'classification';
  return Array.from(labels, (_, row) => row).filter((row) => {
    const [label = Number.NaN, score = Number.NaN] = [labels[row], scores[row]];
    const fits = !isBinary || ((label === 0 || label === 1) && score >= 0 && score <= 1);
    return Number.isFinite(label) && Number.isFinite(score) && fits;
  });
}
