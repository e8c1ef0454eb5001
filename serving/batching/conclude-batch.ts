import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { VersionCounters } from '../version-counters.js';
import type { RunEnd } from '../workers/thread.js';
import type { ThreadAnswer } from '../workers/thread-messages.js';
import type { Job } from './job.js';
import { splitOutputs } from './split-outputs.js';

/** A thread that dies under a request may have been killed; the second time it is the request. */
const mostDeaths = 2;

/** Tells every job of a batch how that ended, but for those that are to be run again, one by one: these it returns. */
export function concludeBatch(batch: readonly Job[], end: RunEnd, counters: VersionCounters): readonly Job[] {
  switch (end.kind) {
    case 'stuck':
      refuse(batch, 'DEADLINE_EXCEEDED', 'the model did not answer in time');
      return [];
    case 'died':
      return concludeDeath(batch);
    case 'failed':
      return concludeFailure(batch, end.reason);
    case 'answered':
      return giveOut(batch, end, counters);
  }
}

function giveOut(batch: readonly Job[], answered: ThreadAnswer, counters: VersionCounters): readonly Job[] {
  const requests = batch.map((job) => job.request);
  const answers = splitOutputs(requests, answered);
  if (answers === null) return concludeFailure(batch, 'an output has not one answer a row');
  const rows = requests.reduce((sum, r) => sum + r.rows, 0);
  counters.ran(rows, batch.length, answered.computeNs);
  for (let i = 0; i < batch.length; i += 1) batch[i]?.resolve(answers[i] ?? []);
  return [];
}

function concludeDeath(batch: readonly Job[]): readonly Job[] {
  for (const job of batch) job.deaths += 1;
  const fatal = batch.filter((job) => job.deaths >= mostDeaths);
  refuse(fatal, 'MODEL_RUN', 'the model could not answer: its thread ended, twice');
  return batch.filter((job) => !job.isSettled);
}

function concludeFailure(batch: readonly Job[], reason: string): readonly Job[] {
  if (batch.length === 1) refuse(batch, 'MODEL_RUN', `the model could not answer: ${reason}`);
  return batch.filter((job) => !job.isSettled);
}

function refuse(jobs: readonly Job[], code: 'DEADLINE_EXCEEDED' | 'MODEL_RUN', message: string): void {
  for (const job of jobs) job.reject(new RatchetError(code, message));
}
