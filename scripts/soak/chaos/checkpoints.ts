import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ChaosStack } from './chaos-stack.js';

/** A checkpoint that was in the store at a time, of a training that had not ended. */
export interface Kept {
  readonly runId: string;
  readonly epoch: number;
  readonly atTicks: number;
}

/** What was seen of the checkpoints of runs, until it is stopped. */
export interface CheckpointWatch {
  readonly kept: readonly Kept[];
  stop(): Promise<void>;
}

const everyMs = 200;

/** Looks again and again what the store holds of each run's checkpoint; a store that is away is looked at later. */
export function watchCheckpoints(chaos: ChaosStack, runIds: readonly string[]): CheckpointWatch {
  const kept: Kept[] = [];
  const over = new AbortController();
  const look = async () => {
    while (!over.signal.aborted) {
      const found = await Promise.allSettled(runIds.map((id) => keptOf(chaos, id)));
      for (const one of found) {
        if (one.status === 'fulfilled') kept.push(...one.value);
        else if (!isAway(one.reason)) throw one.reason;
      }
      await sleep(everyMs);
    }
  };
  const ended = look();
  return {
    kept,
    stop: () => {
      over.abort();
      return ended;
    },
  };
}

const isAway = (error: unknown) => error instanceof RatchetError && error.code === 'PART_UNAVAILABLE';

async function keptOf({ blobs, workDir, watch }: ChaosStack, runId: string): Promise<Kept[]> {
  const keys = await blobs.listStaged(`runs/${runId}/checkpoints/`);
  const key = keys.find((name) => name.endsWith('/epoch'));
  if (key === undefined) return [];
  const path = join(workDir, `${runId}.epoch`);
  if (!(await isFetched(blobs, key, path))) return [];
  return [{ runId, epoch: Number(await readFile(path, 'utf8')), atTicks: watch.look().atTicks }];
}

/** False where it went meanwhile: the run has ended. */
async function isFetched(blobs: ChaosStack['blobs'], key: string, path: string): Promise<boolean> {
  try {
    await blobs.fetchStaged(key, path);
    return true;
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'BLOB_MISSING') return false;
    throw error;
  }
}
