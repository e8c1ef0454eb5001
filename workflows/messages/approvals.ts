import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  ApprovalEnd,
  ApprovalView,
  VoteAnswer,
  Withdrawal,
} from '../../domain/lifecycle/request-approval.js';

/** Tells of a stored, signed vote by its id, and answers what became of it; the same, however often it is told of. */
export const castVoteUpdate = defineUpdate<VoteAnswer, [string]>('castVote');
/** Tells of a stored, signed vote by its id. An id without such a row counts for nothing. */
export const voteSignal = defineSignal<[string]>('vote');
/** Ends the approval, for programs beside the gateway; answers with its end, which may be another one that came before. */
export const withdrawUpdate = defineUpdate<ApprovalEnd, [Withdrawal]>('withdraw');
export const withdrawSignal = defineSignal<[Withdrawal]>('withdraw');
/** Something it stands on may have changed: a policy, a member, its own row. It looks for itself. */
export const recheckSignal = defineSignal('recheck');
/** For looking into a workflow. People and programs read the row. */
export const statusQuery = defineQuery<ApprovalView>('status');
