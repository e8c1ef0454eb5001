import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { RunRecord } from '../../domain/ports/runs.js';
import type { GatewayDeps } from '../deps.js';
import { startWorkflow } from './start-workflow.js';

/** Starts what has its row already. Error: `PART_UNAVAILABLE`, which says that the run is not lost. */
export async function startStored(deps: GatewayDeps, run: RunRecord): Promise<void> {
  try {
    await startWorkflow(deps, run);
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'PART_UNAVAILABLE') throw error;
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `run ${run.id} is stored and begins once Temporal is back: ${error.message}`,
      { runId: run.id },
      { cause: error },
    );
  }
}
