import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Counted, DataPlane, VersionStatistics } from '../data-plane-port.js';
import type { Answering } from './answering.js';
import type { ModelNameMessage } from './messages/metadata.js';

/** The statistics extension. Errors: `MODEL_NOT_FOUND`, `REQUEST_INVALID` for a version of no model. */
export function statisticsCalls(plane: DataPlane, answered: Answering) {
  return {
    ModelStatistics: answered(({ name, version }: ModelNameMessage) => {
      if (name === '' && version !== '') {
        throw new RatchetError('REQUEST_INVALID', 'there is a version and no name of a model');
      }
      if (name !== '') plane.find(name, version === '' ? null : version);
      const found = plane.statistics(name === '' ? undefined : name, version === '' ? undefined : version);
      return { model_stats: found.map(statisticsMessage) };
    }),
  };
}

/** Times that are not told apart (reading of inputs, writing of outputs, caches) are left out. */
function statisticsMessage(counts: VersionStatistics) {
  return {
    name: counts.model,
    version: counts.version,
    last_inference: counts.lastAtMs === null ? 0 : Math.round(counts.lastAtMs),
    inference_count: counts.rows,
    execution_count: counts.batches,
    inference_stats: {
      success: durationMessage(counts.success),
      fail: durationMessage(counts.fail),
      queue: durationMessage(counts.queue),
      compute_infer: durationMessage(counts.compute),
    },
    batch_stats: Array.from(counts.batchSizes, ([rows, compute]) => ({
      batch_size: rows,
      compute_infer: durationMessage(compute),
    })),
  };
}

function durationMessage({ count, ns }: Counted) {
  return { count, ns: Math.round(ns) };
}
