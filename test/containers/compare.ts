import type { Answers } from './answerers.js';

export interface Difference {
  /** Of two probabilities, 0..1. */
  readonly furthest: number;
  /** Rows whose label is another, but for ties. */
  readonly otherLabels: readonly number[];
  /** Rows so close to the threshold that either label is right. */
  readonly ties: readonly number[];
}

const threshold = 0.5;

/** How two answers to the same points differ; a probability nearer to the threshold than `tolerance` is a tie. */
export function compareAnswers(own: Answers, theirs: Answers, tolerance: number): Difference {
  const rows = own.probabilities.map((_, row) => row);
  const probability = (row: number) => own.probabilities[row] ?? Number.NaN;
  const ties = rows.filter((row) => Math.abs(probability(row) - threshold) <= tolerance);
  const tied = new Set(ties);
  return {
    furthest: rows.reduce(
      (most, row) => Math.max(most, Math.abs(probability(row) - (theirs.probabilities[row] ?? Number.NaN))),
      0,
    ),
    otherLabels: rows.filter((row) => own.labels[row] !== theirs.labels[row] && !tied.has(row)),
    ties,
  };
}

/** Answers to batches as those to all of their rows. */
export function joined(answers: readonly Answers[]): Answers {
  return {
    probabilities: answers.flatMap(({ probabilities }) => probabilities),
    labels: answers.flatMap(({ labels }) => labels),
  };
}
