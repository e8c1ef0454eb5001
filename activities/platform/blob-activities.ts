import { isArchive, isLeftArchive } from '../../domain/engine/staged-archive.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type SweepUnusedDeps, type SweptUnused, sweepUnused } from './sweep-unused.js';

/** A failed run can be resumed from what it left for this long. */
const keptMs = 7 * 24 * 60 * 60 * 1000;

/** Chores of the object store. */
export function createBlobActivities(
  deps: { readonly blobs: BlobStore; readonly runs: RunStore } & SweepUnusedDeps,
) {
  return {
    async sweepUnused(): Promise<SweptUnused> {
      return withHeartbeats(() => sweepUnused(deps, Date.now()));
    },
    /**
     * Deletes the staging of runs that ended longer ago than a resume is promised, of cancelled runs at once (a worker
     * that was cut off may have written after the cancelling), of runs that no row knows, and archives of images that nobody deleted
     * in a day.
     */
    async sweepStaging(): Promise<{ deleted: number }> {
      return withHeartbeats(async () => {
        const runIds = new Set((await deps.blobs.listStaged('runs/')).map((key) => key.split('/')[1] ?? ''));
        let deleted = 0;
        for (const runId of runIds) {
          if (await isDone(deps.runs, runId)) deleted += await deps.blobs.deleteStaged(`runs/${runId}/`);
        }
        return { deleted };
      });
    },
  };
}
export type BlobActivities = ReturnType<typeof createBlobActivities>;

async function isDone(runs: RunStore, runId: string): Promise<boolean> {
  if (isArchive(runId)) return isLeftArchive(runId, Date.now());
  try {
    const { endedAt, status } = await runs.get(runId);
    return endedAt !== null && (status === 'cancelled' || Date.now() - Date.parse(endedAt) > keptMs);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'RUN_NOT_FOUND') return true;
    throw error;
  }
}
