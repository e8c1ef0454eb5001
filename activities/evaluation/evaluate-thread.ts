import { parentPort } from 'node:worker_threads';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { evaluateTask } from '../../domain/metrics/evaluate.js';
import type { Evaluation } from '../../domain/metrics/evaluation.js';
import type { EvaluationInput } from '../../domain/metrics/evaluation-input.js';

export type ThreadAnswer =
  | { readonly kind: 'done'; readonly evaluation: Evaluation }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string };

/** One evaluation after the other: rows in, numbers out. */
function answer(input: EvaluationInput): ThreadAnswer {
  try {
    return { kind: 'done', evaluation: evaluateTask(input) };
  } catch (error) {
    if (error instanceof RatchetError) return { kind: 'refused', reason: error.message };
    return {
      kind: 'broken',
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

parentPort?.on('message', (input: EvaluationInput) => parentPort?.postMessage(answer(input)));
