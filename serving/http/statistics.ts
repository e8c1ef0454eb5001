import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Counted, ServedVersion, VersionStatistics } from '../data-plane-port.js';
import { type Answer, answerJson, type Call } from './call.js';

/** `GET /v2/models/stats`, of one model, or of one version. */
export function statistics({ plane, names }: Call): Answer {
  const { model, version } = names;
  if (model !== undefined) requireKnown(plane.versions(), model, version);
  const found = plane.statistics(model, version);
  return answerJson({ model_stats: found.map(modelStatistics) });
}

function requireKnown(versions: readonly ServedVersion[], model: string, version: string | undefined): void {
  const known = versions.some(
    (of) => of.model === model && (version === undefined || of.version === version),
  );
  if (!known) throw new RatchetError('MODEL_NOT_FOUND', 'there is no such model or version');
}

/** What a request is given and what it answers with is not measured apart from the rest. */
const notMeasured: Counted = { count: 0, ns: 0 };

function modelStatistics(of: VersionStatistics) {
  return {
    name: of.model,
    version: of.version,
    last_inference: of.lastAtMs ?? 0,
    inference_count: of.rows,
    execution_count: of.batches,
    inference_stats: {
      success: of.success,
      fail: of.fail,
      queue: of.queue,
      compute_input: notMeasured,
      compute_infer: of.compute,
      compute_output: notMeasured,
      cache_hit: notMeasured,
      cache_miss: notMeasured,
    },
    batch_stats: [...of.batchSizes].map(([rows, compute]) => ({
      batch_size: rows,
      compute_input: notMeasured,
      compute_infer: compute,
      compute_output: notMeasured,
    })),
  };
}
