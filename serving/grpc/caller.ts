import type { Deadline, ServerUnaryCall } from '@grpc/grpc-js';
import { Departure, type Gone } from '../departure.js';
import { bearerToken } from '../feedback/source-tokens.js';

/** Longest time that a timer holds. */
const longestMs = 2 ** 31 - 1;

/** What every kind of call has. */
export type AnyCall = Pick<ServerUnaryCall<unknown, unknown>, 'getDeadline' | 'cancelled' | 'metadata'> & {
  once(event: 'cancelled', listener: () => void): unknown;
  off(event: 'cancelled', listener: () => void): unknown;
};

/** Who waits for an answer. */
export interface Caller {
  /** Fires when they have gone away, or their deadline is over. */
  readonly signal: Gone;
  /** Until the deadline of the call, at least 0; undefined where it has none. */
  readonly timeLeftMs: () => number | undefined;
  /** Of the metadata `authorization: Bearer <token>`; undefined where there is none. */
  readonly token: string | undefined;
  /** The answer is there: the library calls the end of every call a cancellation, and this one is none. */
  readonly served: () => void;
}

export function callerOf(call: AnyCall): Caller {
  const signal = new Departure();
  const leave = () => signal.leave();
  if (call.cancelled) leave();
  else call.once('cancelled', leave);
  return {
    signal,
    timeLeftMs: () => timeUntil(call.getDeadline()),
    get token() {
      return bearerToken(String(call.metadata.get('authorization')[0] ?? ''));
    },
    served: () => call.off('cancelled', leave),
  };
}

function timeUntil(deadline: Deadline): number | undefined {
  const atMs = typeof deadline === 'number' ? deadline : deadline.getTime();
  return Number.isFinite(atMs) ? Math.min(Math.max(atMs - Date.now(), 0), longestMs) : undefined;
}
