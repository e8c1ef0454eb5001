import { existsSync } from 'node:fs';
import { log } from '@temporalio/activity';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { patiently } from '../steps/patiently.js';
import type { TrainingDeps } from './deps.js';
import type { Redactor } from './redactor.js';

/**
 * Puts the log of a program on its run, without the secrets that it was given. How the program ended is told even where
 * its log cannot be kept.
 */
export async function keepLog(
  deps: Pick<TrainingDeps, 'blobs'> & { readonly runs: Pick<TrainingDeps['runs'], 'putLog'> },
  runId: string,
  { step, path, redactor }: { readonly step: string; readonly path: string; readonly redactor?: Redactor },
  signal: AbortSignal,
): Promise<void> {
  if (!existsSync(path)) return;
  try {
    const clean = redactor ? await redactor.clean(path, `${path}.redacted`) : path;
    await patiently(signal, async () => deps.runs.putLog(runId, step, await deps.blobs.putFile(clean)));
  } catch (error) {
    log.warn(`the log of ${step} could not be kept: ${messageOf(error)}`, { runId });
  }
}
