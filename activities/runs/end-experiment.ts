import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TrainModelInput } from '../../domain/lifecycle/train-model.js';
import type { RunDeps } from './deps.js';

/** A run whose model was trained and judged, and is not to be registered. */
export interface EndExperimentInput extends Pick<TrainModelInput, 'runId' | 'round'> {
  readonly experiment: string;
}

/**
 * The end of a run of an experiment branch: its numbers stay, its files go with the sweep of what is staged, and its row
 * says that there is no version. A round that was resumed since has had its end. Error: `CONFLICT` where it ended otherwise.
 */
export async function endExperiment(
  { runs }: Pick<RunDeps, 'runs'>,
  { runId, round, experiment }: EndExperimentInput,
): Promise<{ readonly reason: string }> {
  const reason = `nothing is registered: ${experiment} is an experiment branch`;
  const run = await runs.get(runId);
  if (run.round !== round) return { reason };
  for (const step of ['register', 'reference', 'policy']) await runs.skipStep(runId, step, reason);
  await runs.setStatus(runId, 'succeeded', reason);
  const { status } = await runs.get(runId);
  if (status === 'succeeded') return { reason };
  throw new RatchetError('CONFLICT', `run ${runId} ended as ${status} before`, { run: runId });
}
