import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayDeps } from '../deps.js';
import { startStored } from './start-stored.js';

/** Opens a new round of an ended run, of which `by` is a cause. Error: `CONFLICT` where it runs, or succeeded. */
export async function resumeRun(
  deps: GatewayDeps,
  id: string,
  change: { readonly ref?: string | undefined },
  by: string,
): Promise<void> {
  const run = await deps.runs.get(id);
  const { status } = run;
  if (run.endedAt === null) {
    throw new RatchetError('CONFLICT', `run ${id} is ${status}; only an ended run can be resumed`, {
      status,
    });
  }
  if (status === 'succeeded') {
    throw new RatchetError('CONFLICT', `run ${id} succeeded; start a new one`, { status });
  }
  const resume = { by, at: new Date().toISOString() };
  await startStored(deps, await deps.runs.reopen(id, change.ref ?? run.ref, resume));
}
