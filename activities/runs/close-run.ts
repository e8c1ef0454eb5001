import type { EndedStatus } from '../../domain/lifecycle/run-ending.js';
import type { RunDeps } from './deps.js';

export interface CloseRunInput {
  /** Not a step input: closing is no step of its own. */
  readonly runId: string;
  readonly round: number;
  readonly status: EndedStatus;
  readonly reason: string | null;
}

/**
 * The end of a run that did not succeed: its row says why, its open steps are ended. What it left in staging goes when
 * it was cancelled; otherwise it stays for a resume until the sweep. A round that was resumed since has had its end.
 */
export async function closeRun(deps: Pick<RunDeps, 'blobs' | 'runs'>, input: CloseRunInput): Promise<void> {
  const run = await deps.runs.get(input.runId);
  if (run.round !== input.round) return;
  if (input.status === 'cancelled') await deps.blobs.deleteStaged(`runs/${input.runId}/`);
  await deps.runs.setStatus(input.runId, input.status, input.reason);
}
