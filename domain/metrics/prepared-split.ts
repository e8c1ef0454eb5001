import { type BlockResamples, drawBlockResamples } from '../stats/block-resamples.js';
import { denseIds } from '../stats/dense-ids.js';
import { seededRandom } from '../stats/seeded-random.js';
import type { SplitName } from './evaluation.js';
import type { EvaluationInput } from './evaluation-input.js';
import type { TaskMethod } from './task-method.js';

const defaultResamples = 200;

/** The rows of a split that can be judged, and the resamples that all its intervals share. */
export interface PreparedSplit<Rows> {
  readonly rows: Rows;
  readonly count: number;
  /** For each row, its place in the input. */
  readonly kept: Uint32Array;
  readonly unlabelled: number;
  readonly resamples: BlockResamples;
}

/**
 * Checks a split, leaves out the rows without a label and draws its resamples.
 *
 * @param seed of this split's resamples
 * @throws RatchetError as the task's `read`
 */
export function prepareSplit<Rows extends { readonly block: Int32Array }>(
  method: TaskMethod<Rows>,
  input: EvaluationInput,
  split: SplitName,
  seed: number,
): PreparedSplit<Rows> {
  const all = method.read(input.splits[split], split);
  const kept = Uint32Array.from(all.block.keys()).filter((row) => method.isLabelled(all, row));
  const taken = method.take(all, kept);
  const { ids, count } = denseIds(taken.block);
  return {
    rows: { ...taken, block: ids },
    count: ids.length,
    kept,
    unlabelled: all.block.length - ids.length,
    resamples: drawBlockResamples(count, input.bootstrapResamples ?? defaultResamples, seededRandom(seed)),
  };
}
