import type {
  ApprovalEnd,
  SettledVotes,
  SettleVotesInput,
  TellVotersInput,
} from '../../domain/lifecycle/request-approval.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { ApprovalDeps } from './deps.js';
import { type EndApprovalInput, endApproval, endOf } from './end-approval.js';
import { settleVotes } from './settle-votes.js';
import { tellVoters } from './tell-voters.js';

/** What an approval does to the world. */
export function createApprovalActivities(deps: ApprovalDeps) {
  return {
    async settleVotes(input: SettleVotesInput): Promise<SettledVotes> {
      return withHeartbeats(() => settleVotes(deps, input));
    },
    async endApproval(input: EndApprovalInput): Promise<ApprovalEnd> {
      return withHeartbeats(() => endApproval(deps, input));
    },
    async readApproval({ approval }: { readonly approval: string }): Promise<ApprovalEnd | null> {
      return withHeartbeats(async () => endOf(await deps.approvals.get(approval)));
    },
    async tellVoters(input: TellVotersInput): Promise<void> {
      await withHeartbeats(() => tellVoters(deps, input));
    },
  };
}
export type ApprovalActivities = ReturnType<typeof createApprovalActivities>;
