import type { ApprovalStage } from '../approvals/approval.js';
import type { TellVotersInput } from '../lifecycle/request-approval.js';
import type { ApprovalRecord } from '../ports/approvals.js';
import type { Notice } from '../ports/outbox.js';
import { commands } from './command-words.js';
import { composeNotice } from './compose-notice.js';

/** Votes that are waited for, in the stage that is open. */
export interface WantedVotes {
  readonly approval: ApprovalRecord;
  /** With the quorum that it needs. */
  readonly stage: ApprovalStage;
  readonly occasion: TellVotersInput['occasion'];
  /** Which reminder of the stage it is; 0 for the first word. */
  readonly reminded: number;
  /** Whose members may vote in it at this moment. */
  readonly roles: readonly string[];
  /** Members who may vote and have not. */
  readonly to: readonly string[];
  readonly at: string;
}

const occasions = {
  asked: 'waits for votes',
  reminder: 'still waits for votes',
  escalation: 'has waited long, and others may vote too',
} as const;

/** Who may vote hears of what, until when, and by which command. */
export function noticeOfWantedVotes(wanted: WantedVotes): Notice {
  const { approval, stage, occasion, reminded, roles, to, at } = wanted;
  const { id, project, subject, kind, stageOpenedAt, stages } = approval;
  const [name = '', rest = ''] = subject.split('@');
  const what =
    kind === 'promotion'
      ? `version ${rest} of ${name} becomes champion`
      : `what commit ${rest.slice(0, 12)} says of members, roles, sources or policies comes in force`;
  const until = new Date(Date.parse(stageOpenedAt) + stage.expireMs).toISOString();
  const place = `stage "${stage.name}", ${approval.stage + 1} of ${stages.length}`;
  return composeNotice({
    key: `${id}:${approval.stage}:${occasion}:${reminded}`,
    project,
    model: kind === 'promotion' ? name : null,
    kind: 'approval.asked',
    title: `${project}: ${subject} ${occasions[occasion]}`,
    facts: [
      `to be approved: ${what}`,
      `by: ${stage.quorum} of ${roles.join(' or ')}, in ${place}`,
      to.length === 0
        ? `nobody is asked: no member of that role is left who may vote`
        : `asked are: ${to.join(', ')}`,
      `until: ${until}; after that it is over, and nothing of it comes`,
    ],
    commands: [
      `what it is, and who may vote: ${commands.showApproval(project, subject)}`,
      `to vote: ${commands.vote(project, subject)}`,
    ],
    to,
    at,
  });
}
