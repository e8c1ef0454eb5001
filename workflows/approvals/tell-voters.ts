import {
  CancellationScope,
  condition,
  isCancellation,
  log,
  patched,
  proxyActivities,
} from '@temporalio/workflow';
import type { ApprovalActivities } from '../../activities/approvals/approval-activities.js';
import type { TellVotersInput } from '../../domain/lifecycle/request-approval.js';
import { controlOptions } from '../options.js';
import { type ApprovalDesk, hasWork } from './approval-desk.js';

const activities = proxyActivities<ApprovalActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '10 minutes',
});

/**
 * Word to those who may vote. What a letter says of an earlier stage is of no use, so the one before is taken back.
 * Returns as `letterOrWork` does.
 */
export async function tellVoters(desk: ApprovalDesk, letter: TellVotersInput): Promise<void> {
  desk.letter?.cancel();
  const scope = new CancellationScope();
  desk.letter = scope;
  const isOut = scope
    .run(() => send(letter))
    .then(() => {
      if (desk.letter === scope) desk.letter = null;
    });
  try {
    await letterOrWork(desk);
  } catch (error) {
    await isOut;
    throw error;
  }
}

/** Until the letter is out, or there is something to look at: no voter waits because nobody else can be told. */
export async function letterOrWork(desk: ApprovalDesk): Promise<void> {
  await condition(() => desk.letter === null || hasWork(desk));
  if (desk.letter !== null && !patched('votes-before-letters')) await condition(() => desk.letter === null);
}

/** A letter that is about to go out does so before the approval ends; one in trouble holds nothing up. */
export async function lastLetter(desk: ApprovalDesk): Promise<void> {
  if (desk.letter !== null) await condition(() => desk.letter === null, '5 seconds');
}

/** An approval does not fail because nobody could be told, and whoever took the letter back knows that they did. */
async function send(letter: TellVotersInput): Promise<void> {
  try {
    await activities.tellVoters(letter);
  } catch (error) {
    if (!isCancellation(error)) log.warn('voters could not be told', { ...letter, error });
  }
}
