import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { ThreadPool } from '../workers/thread-pool.js';
import { makeUpRows } from './made-up-rows.js';
import type { VettedModel } from './vet-model.js';

/** Longest measured run of a model that may be run on the thread that reads requests. */
const inlineLimitNs = 200_000;
/** The first run of a session is slower than the others. */
const firstRuns = 2;
const measuredRuns = 25;
const measuredRows = [1, 4, 16, 64] as const;

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

/** Most rows of which a run is short, as measured in an idle thread; 0 where that of one row is not. */
export async function mostShortRows(pool: Pick<ThreadPool, 'run'>, shape: OnnxInterface): Promise<number> {
  let most = 0;
  for (const rows of measuredRows) {
    const runNs = await measureRun(pool, shape, rows);
    if (runNs === null || runNs >= inlineLimitNs) break;
    most = rows;
  }
  return most;
}

/**
 * Time of a run in nanoseconds, of which three in four are longer: a busy machine makes runs longer and none shorter.
 * Null where a run failed, or it is far beyond the limit, so that there is no need to know.
 */
async function measureRun(
  pool: Pick<ThreadPool, 'run'>,
  shape: OnnxInterface,
  rows: number,
): Promise<number | null> {
  const times: number[] = [];
  for (let i = 0; i < firstRuns + measuredRuns; i += 1) {
    const inputs = makeUpRows(shape, i, i + rows);
    const end = await pool.run({
      dims: inputs.map(({ dims }) => dims),
      data: inputs.map(({ data }) => data),
      outputs: shape.outputs.map(({ name }) => name),
    });
    if (end.kind !== 'answered') return null;
    if (i >= firstRuns) times.push(end.computeNs);
    if (times.length === 1 && end.computeNs > 20 * inlineLimitNs) return null;
  }
  return times.toSorted((a, b) => a - b)[Math.floor(measuredRuns / 4)] ?? null;
}
