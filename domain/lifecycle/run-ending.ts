import { catalogue, type ErrorCode, type ErrorKind } from '../errors/catalogue.js';
import type { RunStatus } from '../names.js';

/** What ended a run early, as the workflow sees it. */
export interface RunFailure {
  /** Code of the catalogue, or the type of a failure that has none. */
  readonly code: string | null;
  readonly cancelled: boolean;
  /** The accelerator's queue had no worker in time. */
  readonly noCapacity: boolean;
  readonly message: string;
}

export type EndedStatus = Extract<RunStatus, 'succeeded' | 'refused' | 'failed' | 'cancelled'>;

const statusOfKind: Readonly<Record<ErrorKind, EndedStatus>> = {
  refused: 'refused',
  user: 'failed',
  notFound: 'failed',
  unavailable: 'failed',
  internal: 'failed',
};

/** The end of a run by what ended it: a gate's no is `refused`, everything else that went wrong is `failed`. */
export function runEnding(failure: RunFailure): { status: EndedStatus; reason: string } {
  if (failure.cancelled) return { status: 'cancelled', reason: 'cancelled' };
  if (failure.noCapacity) {
    return {
      status: 'failed',
      reason:
        'CAPACITY_MISSING: no worker with a gpu was free within training.capacityDeadlineMinutes; start one with RATCHET_GPU_DEVICES set, then resume the run',
    };
  }
  const status = isCode(failure.code) ? statusOfKind[catalogue[failure.code].kind] : 'failed';
  return { status, reason: failure.code === null ? failure.message : `${failure.code}: ${failure.message}` };
}

function isCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(catalogue, code);
}
