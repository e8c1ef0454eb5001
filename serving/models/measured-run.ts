import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { ThreadPool } from '../workers/thread-pool.js';
import { makeUpRows } from './made-up-rows.js';
import type { VettedModel } from './vet-model.js';

/** Longest measured run of a model that may be run on the thread that reads requests. */
export const inlineLimitNs = 200_000;
/** The first run of a session is slower than the others. */
const firstRuns = 2;
const measuredRuns = 25;

/** Whether a measured run says something of any other: one row always is as much work. */
export function isMeasurable({
  isFixedCost,
  isRowWise,
  sample,
  interface: { inputs },
}: VettedModel): boolean {
  const hasFixedRows = inputs.every(({ shape }) => shape.slice(1).every((size) => size !== -1));
  return isFixedCost && isRowWise && sample !== null && hasFixedRows;
}

/**
 * Time of a run of one row in a thread, in nanoseconds: the middle of 25. Null where a run failed, or it is far beyond
 * the limit, so that there is no need to know.
 */
export async function measureRun(
  pool: Pick<ThreadPool, 'run'>,
  shape: OnnxInterface,
): Promise<number | null> {
  const times: number[] = [];
  for (let i = 0; i < firstRuns + measuredRuns; i += 1) {
    const row = makeUpRows(shape, i, i + 1);
    const end = await pool.run({
      dims: row.map(({ dims }) => dims),
      data: row.map(({ data }) => data),
      outputs: shape.outputs.map(({ name }) => name),
    });
    if (end.kind !== 'answered') return null;
    if (i >= firstRuns) times.push(end.computeNs);
    if (times.length === 1 && end.computeNs > 20 * inlineLimitNs) return null;
  }
  return times.toSorted((a, b) => a - b)[Math.floor(measuredRuns / 2)] ?? null;
}
