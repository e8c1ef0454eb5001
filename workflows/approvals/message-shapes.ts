import { ApplicationFailure } from '@temporalio/workflow';
import type { Withdrawal } from '../../domain/lifecycle/request-approval.js';

const idPattern = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;
const mostCharacters = 1000;

/** Whether a text may be the id of a vote. Everything else is noise, whatever its size. */
export function isVoteId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

export function isWithdrawal(value: unknown): value is Withdrawal {
  if (typeof value !== 'object' || value === null) return false;
  const { by, reason } = value as Partial<Record<keyof Withdrawal, unknown>>;
  return isShort(by) && by !== '' && isShort(reason);
}

/** What a message is told that is not taken: by validators, so that nothing of it stays in the history. */
export function notTaken(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: 'VOTE_REFUSED', message, nonRetryable: true });
}

/** What a voter is told whose vote is stored and is not settled yet: it counts with the next look. */
export function notSettled(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: 'PART_UNAVAILABLE', message, nonRetryable: true });
}

const isShort = (value: unknown) => typeof value === 'string' && value.length <= mostCharacters;
