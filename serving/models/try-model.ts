import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { ExecutionProvider } from '../../domain/serving/execution-provider.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import { createGuardedHost, type GuardedHost, type ModelLimits } from '../../inference/guarded-host.js';
import type { HostConnection } from '../../inference/host-connection.js';
import { makeUpRows } from './made-up-rows.js';
import { isRowByRow } from './row-by-row.js';

/** As it will be run, in a process. */
export interface TrialLimits extends ModelLimits {
  readonly executionProvider: ExecutionProvider;
}

/** What a trial shows of a model. */
export interface Trial {
  /** Each row of its answers depends on the same row of its inputs alone: requests may share a batch. */
  readonly isRowWise: boolean;
  /** Its answers to one made-up row; null where it refuses such a row, as a model may. */
  readonly sample: readonly TensorValue[] | null;
}

/**
 * Loads a scanned file and runs it on made-up rows in a process that may crash, hang or be killed: what gets through
 * may be run in a thread, which cannot be ended from outside. Errors: `MODEL_LOAD`, `MODEL_TIMEOUT`, `MODEL_KILLED`, and
 * `MODEL_RUN` where the process ended.
 */
export async function tryModel(
  path: string,
  shape: OnnxInterface,
  limits: TrialLimits,
  connection: HostConnection,
): Promise<Trial> {
  let isGone = false;
  void connection.ended.then(() => {
    isGone = true;
  });
  const host = createGuardedHost(connection, limits);
  const answer = async (from: number, to: number) => {
    try {
      return await runRows(host, shape, from, to);
    } catch (error) {
      if (isGone || !(error instanceof RatchetError) || error.code !== 'MODEL_RUN') throw error;
      return null;
    }
  };
  try {
    const { memoryBytes, executionProvider } = limits;
    await host.exchange('load', (ask) => ask({ kind: 'load', path, memoryBytes, executionProvider }));
    const sample = await answer(0, 1);
    if (!hasFreeRows(shape)) return { isRowWise: false, sample };
    const [other, both] = [await answer(1, 2), await answer(0, 2)];
    return { isRowWise: isRowByRow([sample, other], both), sample };
  } finally {
    await host.close();
  }
}

async function runRows(host: GuardedHost, shape: OnnxInterface, from: number, to: number) {
  const outputs = shape.outputs.map((o) => o.name);
  const inputs = makeUpRows(shape, from, to);
  const reply = await host.exchange('run', (ask) => ask({ kind: 'run', inputs, outputs }));
  return reply.kind === 'answered' ? reply.outputs : null;
}

/** Any number of rows goes into every input. */
function hasFreeRows({ inputs }: OnnxInterface): boolean {
  return inputs.length > 0 && inputs.every(({ shape }) => shape[0] === -1);
}
