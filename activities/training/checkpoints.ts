import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { log } from '@temporalio/activity';
import type { BlobStore } from '../../domain/ports/blobs.js';
import { collectOutputs, withOutput } from '../adapters/launcher/outputs.js';
import { digestOf } from '../data/digest.js';
import type { StepInputs } from '../steps/current-step.js';
import type { Redactor } from './redactor.js';

/** A half-written file has a temporary name until it is whole; such files are passed over. */
const isWhole = (name: string) => !name.startsWith('.') && !name.endsWith('.tmp');

/** Where a run keeps checkpoints: those of other code, data or settings are none for this training. */
export function checkpointPrefix(runId: string, inputs: StepInputs): string {
  return `runs/${runId}/checkpoints/${digestOf(inputs).slice(0, 16)}/`;
}

/**
 * Keeps the files of a checkpoint folder in staging, under `prefix`, also while the program is still writing there. A
 * file that did not change is kept once, one that holds a secret not at all.
 */
export function createCheckpointKeeper(
  blobs: BlobStore,
  prefix: string,
  folder: string,
  redactor: Redactor,
): { save(): Promise<void> } {
  const kept = new Map<string, string>();
  const keep = async (name: string, path: string) => {
    const { mtimeMs, size, ino } = await stat(path);
    const state = [mtimeMs, size, ino].join('/');
    if (kept.get(name) === state) return;
    if (redactor.text(name) !== name || (await redactor.isIn(path))) {
      log.warn('a checkpoint is not kept: it holds a secret that the training was given');
    } else await blobs.stageFile(prefix + name, path);
    kept.set(name, state);
  };
  return {
    save: async () => {
      for (const { name } of await collectOutputs(folder)) {
        if (isWhole(basename(name))) await withOutput(folder, name, (path) => keep(name, path));
      }
    },
  };
}

/** Puts what an earlier attempt kept back into the folder. */
export async function restoreCheckpoints(blobs: BlobStore, prefix: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const key of await blobs.listStaged(prefix)) {
    await blobs.fetchStaged(key, join(folder, key.slice(prefix.length)));
  }
}
